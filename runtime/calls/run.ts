import type { Scope } from "../core/roles.ts";
import { storage } from "../core/running.ts";
import { HotScope } from "../tasks/async-scope.ts";
import { CallWait } from "./call-wait.ts";
import { Settling } from "./settling.ts";

/** How the code goes on after its await: with what the await gives, when something is found out, or with an outcome. */
export const PLAIN = 0;
export const FINDING_OUT = 1;
export const OUTCOME = 2;

/**
 * A run of code that awaits: a call of an async function, a run of an async generator, the top level of a cell. It awaits one thing
 * at a time.
 */
export class Run {
  /** How it goes on after its await. */
  mode: typeof PLAIN | typeof FINDING_OUT | typeof OUTCOME = PLAIN;
  readonly #isCall: boolean;
  /** What a call settles; null if nobody knows, and of other code. */
  readonly #promise: Promise<unknown> | null;
  /** A call has a scope of its own from its first wait on: it costs nothing before. */
  #scope: HotScope | null = null;
  /** Whether that is current while it runs. Until its first await it runs in its caller's, and an await hands on what is current. */
  #isCurrent = false;
  #suspended = false;
  #callWait: CallWait | null = null;
  #settling: Settling | null = null;

  constructor(isCall: boolean, promise: Promise<unknown> | null) {
    this.#isCall = isCall;
    this.#promise = promise;
  }

  /** In whose name it waits: code without a promise of its own runs in the scope of whoever asks for its values. */
  scope(name: string | undefined): Scope | undefined {
    if (!this.#isCall) return storage.getStore();
    this.#scope ??= new HotScope(storage.getStore() ?? null, this.#promise, name);
    return this.#scope;
  }

  /** As `scope`, of a call that returns a promise. */
  returns(name: string | undefined): Scope | undefined {
    const scope = this.scope(name);
    if (this.#scope !== null) this.#scope.returned = true;
    return scope;
  }

  /** As `scope`, of code that is about to wait. */
  suspends(name: string | undefined): Scope | undefined {
    this.#suspended = true;
    return this.scope(name);
  }

  /** It goes on: in its own name, where that makes a difference. */
  goesOn(): void {
    this.#callWait?.end();
    const scope = this.#scope;
    if (scope === null || this.#isCurrent || !this.#suspended) return;
    const owner = scope.owner();
    if (owner !== null && owner === scope.creator?.owner()) return;
    this.#isCurrent = true;
    storage.enterWith(scope);
  }

  /** It awaits another call. */
  awaitsCall(inner: HotScope, scope: Scope): void {
    this.#callWait ??= new CallWait();
    this.#callWait.for(inner, scope);
  }

  /** What becomes of the promise that it awaits; used again for the next. */
  get settling(): Settling {
    if (this.#settling === null || this.#settling.abandoned) this.#settling = new Settling();
    return this.#settling;
  }

  /** Whether it has awaited this promise last, to its end. */
  hasFound(promise: object): boolean {
    return this.#settling?.found(promise) === true;
  }
}

/** A base class whose instances are the objects that it is given. */
class Self {
  constructor(scope: Scope) {
    // biome-ignore lint/correctness/noConstructorReturn: that is what it is for
    return scope;
  }
}

class TopLevel extends Self {
  readonly #run = new Run(false, null);
  static of(scope: Scope): Run {
    if (!(#run in scope)) new TopLevel(scope);
    return (scope as unknown as TopLevel).#run;
  }
}

let topScope: Scope | undefined;
let topRun: Run | undefined;

/** The top level of a cell is the code of its task; undefined outside of tasks. */
export function topLevelRun(): Run | undefined {
  const scope = storage.getStore();
  if (scope === undefined) return undefined;
  if (scope !== topScope || topRun === undefined) {
    topScope = scope;
    topRun = TopLevel.of(scope);
  }
  return topRun;
}
