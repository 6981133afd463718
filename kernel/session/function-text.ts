// `Function.prototype.toString` gives functions of cells as the user wrote them.

import { mayBeRewritten } from "../compile/function-text.ts";
import type { Scripts } from "./scripts.ts";

/** Nobody can tell it from V8's own, which it asks: only texts with something of the compiler's in them are looked up. */
export function installFunctionText(scripts: Scripts): void {
  const native = Function.prototype.toString;
  const own = {
    toString(this: unknown): string {
      if (this === own) return native.call(native);
      const text: string = native.call(this as () => unknown);
      if (!mayBeRewritten(text)) return text;
      const name: unknown = Object.getOwnPropertyDescriptor(this, "name")?.value;
      return scripts.functionText(text, typeof name === "string" ? name : "") ?? text;
    },
  }.toString;
  Object.defineProperty(Function.prototype, "toString", { value: own, writable: true, configurable: true });
}
