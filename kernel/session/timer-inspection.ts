// A timer in one line: a cell often ends in one, and Node's fifteen lines of lists and symbols are about Node.

import { type InspectOptions, inspect } from "node:util";

/** Makes `util.inspect` show timers so, wherever they are in a value. */
export function installTimerInspection(): void {
  const timeout = setTimeout(() => {}, 0);
  const immediate = setImmediate(() => {});
  clearTimeout(timeout);
  clearImmediate(immediate);
  define(timeout, function (this: NodeJS.Timeout, _depth, options) {
    const [delay, repeats, over] = ["_idleTimeout", "_repeat", "_destroyed"].map((key) => Reflect.get(this, key));
    if (over === true) return "Timeout { over: true }";
    const repeat = typeof repeats === "number" ? { repeat: true } : {};
    // The number that `clearTimeout` takes, as in a browser.
    return `Timeout ${inspect({ id: Number(this), ms: delay, ...repeat }, { ...options, breakLength: Infinity })}`;
  });
  define(immediate, function (this: NodeJS.Immediate) {
    return Reflect.get(this, "_destroyed") === true ? "Immediate { over: true }" : "Immediate {}";
  });
}

function define<T extends object>(timer: T, shown: (this: T, depth: number, options: InspectOptions) => string): void {
  Object.defineProperty(Object.getPrototypeOf(timer), inspect.custom, {
    value: shown,
    configurable: true,
    writable: true,
    enumerable: false,
  });
}
