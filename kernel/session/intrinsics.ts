// What rewritten cells call: see compile/intrinsics.ts for the names.

import {
  awaitedValue,
  awaiting,
  generatorRun,
  goesOn,
  holding,
  iterating,
  keepCall,
  latestPromise,
  pending,
  resolved,
  returning,
  settled,
  thisCall,
} from "../../runtime/host.ts";
import { Intrinsic } from "../compile/intrinsics.ts";
import type { CellModules } from "../modules/cell-modules.ts";
import { commonJs } from "../modules/common-js.ts";
import { currentCell } from "./cell.ts";
import type { NotebookLoop } from "./notebook-loop.ts";

/** Defines the functions, out of sight of whoever lists the global object. */
export function installIntrinsics(loop: NotebookLoop, modules: CellModules, signals: Int32Array): void {
  const functions: { [name in Exclude<keyof typeof Intrinsic, "run">]: unknown } = {
    await: awaiting,
    settled,
    pending,
    awaited: awaitedValue,
    resolved,
    call: thisCall,
    generator: generatorRun,
    latest: latestPromise,
    keep: keepCall,
    return: returning,
    resume: goesOn,
    hold: holding,
    iterate: iterating,
    discard: loop.discarded,
    result: (value: unknown) => {
      const cell = currentCell();
      if (cell) cell.result = { value };
    },
    imported: (index: number) => currentCell()?.imported[index],
    importModule: modules.import.bind(modules),
    importInFile: modules.importIn.bind(modules),
    commonJs,
    meta: modules.meta,
    use: (value: unknown) => disposeWithCell(value, false),
    useAsync: (value: unknown) => disposeWithCell(value, true),
    signals,
    interrupted: loop.interrupted,
    kept: (name: string) => currentCell()?.kept.get(name),
    constant: Object.defineProperty(assignConstant, "value", { set: assignConstant }),
  };
  for (const [key, value] of Object.entries(functions))
    Object.defineProperty(globalThis, Intrinsic[key as keyof typeof Intrinsic], { value, configurable: true });
}

function assignConstant(): never {
  throw new TypeError("Assignment to constant variable.");
}

/** Registers a resource of the top level with the cell that declares it; null and undefined need nothing. */
function disposeWithCell(value: unknown, async: boolean): unknown {
  const stack = currentCell()?.disposables;
  if (!stack || value === null || value === undefined) return value;
  const asyncMethod: unknown = async ? Reflect.get(Object(value), Symbol.asyncDispose) : undefined;
  const method: unknown = asyncMethod ?? Reflect.get(Object(value), Symbol.dispose);
  if (typeof method !== "function")
    throw new TypeError(
      `${async ? "await using" : "using"} needs an object with a method [Symbol.${async ? "asyncDispose" : "dispose"}]`,
    );
  stack.defer(() => method.call(value));
  return value;
}
