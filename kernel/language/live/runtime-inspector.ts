// What completion and inspection need of a running kernel: V8's inspector of the thread that runs cells.

import type { Runtime } from "node:inspector";

/** Experimental parts of the protocol, which V8 has and the type declarations lack. */
export interface EvaluateParameters extends Runtime.EvaluateParameterType {
  throwOnSideEffect?: boolean;
  /** In milliseconds. */
  timeout?: number;
}

export interface RuntimeInspector {
  evaluate(params: EvaluateParameters): Promise<Runtime.EvaluateReturnType>;
  getProperties(params: Runtime.GetPropertiesParameterType): Promise<Runtime.GetPropertiesReturnType>;
  /** Names that cells declared with let, const and class. */
  globalLexicalScopeNames(): Promise<string[]>;
  releaseObjects(objectGroup: string): Promise<void>;
}

/** The kernel's own globals, which users are not shown. */
export const isHidden = (name: string): boolean => name.startsWith("$loopbook") || name.startsWith("__loopbook");
