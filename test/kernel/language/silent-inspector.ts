// A running kernel that knows nothing, or no more than what it is told.

import type { RuntimeInspector } from "../../../kernel/language/live/runtime-inspector.ts";

const nobody = (): Promise<never> => Promise.reject(new Error("nobody answers"));

export const silentInspector: RuntimeInspector = {
  evaluate: nobody,
  getProperties: nobody,
  globalLexicalScopeNames: nobody,
  releaseObjects: async () => {},
};
