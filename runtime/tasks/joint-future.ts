import type { Loop } from "../core/roles.ts";
import { Future } from "./future.ts";

/** A future that is set when others are done: who looks at the tree of tasks sees through it. */
export class JointFuture<T = unknown> extends Future<T> {
  readonly #of: Iterable<Future>;

  constructor(of: Iterable<Future>, loop?: Loop) {
    super(loop);
    this.#of = of;
  }

  override parts(): Iterable<Future> {
    return this.#of;
  }
}
Object.defineProperty(JointFuture, "name", { value: "Future" });
