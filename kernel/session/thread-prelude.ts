// What rewritten functions of a cell call when they run in another thread, where no kernel is: the same names, with
// nothing behind them but what JavaScript does by itself.

import { Intrinsic } from "../compile/intrinsics.ts";

const CONSTANT = `(() => {
  const assign = () => { throw new TypeError("Assignment to constant variable.") };
  return Object.defineProperty(assign, "value", { set: assign });
})()`;

const PLAIN: { [name in keyof typeof Intrinsic]?: string } = {
  await: "(value) => value",
  async: "(body, args = []) => body(...args)",
  iterate: "(value) => value",
  discard: "(value) => value",
  importModule: "(specifier, options) => import(specifier, options)",
  signals: "[0]",
  constant: CONSTANT,
};

/** Statements to run first in each thread. */
export const threadPrelude = Object.entries(PLAIN)
  .map(([name, code]) => `globalThis.${Intrinsic[name as keyof typeof Intrinsic]} = ${code};`)
  .join("\n");
