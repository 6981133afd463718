// What the running kernel knows of an expression: the head and source of a function, a preview of any other value.

import { evaluateQuietly, releasing } from "./members.ts";
import { functionHead, previewOf } from "./preview.ts";
import type { RuntimeInspector } from "./runtime-inspector.ts";

export interface RuntimeDescription {
  signature: string;
  /** In a few words; not of functions. */
  value?: string | undefined;
  /** Of functions. */
  source?: string | undefined;
}

/** Undefined if the expression has no value, or it cannot be had without side effects. */
export function runtimeDescription(
  inspector: RuntimeInspector,
  expression: string,
): Promise<RuntimeDescription | undefined> {
  return releasing(inspector, async () => {
    const found = await evaluateQuietly(inspector, expression);
    if (!found) return undefined;
    if (found.type === "function") {
      const source = found.description ?? "";
      return { signature: functionHead(source, expression), source };
    }
    const type = found.className ?? found.subtype ?? found.type;
    return { signature: `${expression}: ${type}`, value: await previewOf(inspector, found) };
  });
}
