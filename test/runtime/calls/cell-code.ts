// Code as a cell has it: compiled by the kernel's compiler, run here.

import { compile } from "../../../kernel/compile/compile.ts";
import { Intrinsic } from "../../../kernel/compile/intrinsics.ts";
import * as host from "../../../runtime/host.ts";
import * as loopbook from "../../../runtime/index.ts";

const HELPERS = {
  [Intrinsic.await]: host.awaiting,
  [Intrinsic.settled]: host.settled,
  [Intrinsic.pending]: host.pending,
  [Intrinsic.awaited]: host.awaitedValue,
  [Intrinsic.resolved]: host.resolved,
  [Intrinsic.call]: host.thisCall,
  [Intrinsic.generator]: host.generatorRun,
  [Intrinsic.latest]: host.latestPromise,
  [Intrinsic.keep]: host.keepCall,
  [Intrinsic.return]: host.returning,
  [Intrinsic.resume]: host.goesOn,
  [Intrinsic.hold]: host.holding,
  [Intrinsic.iterate]: host.iterating,
  [Intrinsic.discard]: host.discarded,
  [Intrinsic.signals]: [0],
};

/** The value of an expression, such as an object of functions, which sees the runtime and what is in `names`. */
export async function cellCode<T>(expression: string, names: object = {}): Promise<T> {
  host.watchCalls();
  const { script } = await compile(`(${expression})`, { id: "1_" });
  let value: unknown;
  const result = (given: unknown): void => {
    value = given;
  };
  const seen = { ...loopbook, ...HELPERS, [Intrinsic.result]: result, ...names };
  new Function(...Object.keys(seen), script)(...Object.values(seen));
  return value as T;
}
