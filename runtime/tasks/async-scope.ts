import type { AsyncResource } from "node:async_hooks";
import { RuntimeError } from "../core/errors.ts";
import type { Loop, Owner, Scope, Variables, Wait } from "../core/roles.ts";
import { findRunningLoop, storage } from "../core/running.ts";

/**
 * The call of an async function that runs at once, as JavaScript's do. Whoever waits for its promise adopts it:
 * from then on a cancel reaches what its body waits for.
 */
export class HotScope implements Scope {
  currentWait: Wait | null = null;
  waitCount = 0;
  vars: Variables = new Map();
  promise: Promise<unknown> | null = null;
  /** The name of the function. */ name = "";
  readonly creator: Scope | null;
  #adopter: Scope | null = null;
  #owner: Owner | null = null;

  constructor(creator: Scope | null) {
    this.creator = creator;
  }

  get loop(): Loop {
    const loop = this.owner()?.loop ?? this.creator?.loop ?? findRunningLoop();
    if (loop === null) throw new RuntimeError("no running event loop");
    return loop;
  }

  get resource(): AsyncResource | null {
    return this.creator?.resource ?? null;
  }

  get adopter(): Scope | null {
    return this.#adopter;
  }

  /** Binds it to the scope that waits for it, the first that does; false where it has one, and in a circle. */
  adopt(by: Scope): boolean {
    if (this.#adopter !== null || this.#isAbove(by)) return false;
    this.#adopter = by;
    return true;
  }

  owner(): Owner | null {
    if (this.#owner === null && this.#adopter !== null) this.#owner = this.#adopter.owner();
    return this.#owner;
  }

  current(): Owner | null {
    return this.owner()?.current() ?? this.creator?.current() ?? null;
  }

  variables(): { vars: Variables } {
    return this.owner() ?? this.creator?.variables() ?? this;
  }

  /** Whether a scope is this one, or was adopted by it, over however many others. */
  #isAbove(scope: Scope): boolean {
    if (scope === this) return true;
    let at: Scope | null = scope;
    while (at instanceof HotScope && at !== this.creator) {
      if (at === this) return true;
      at = at.adopter;
    }
    return false;
  }
}

/** A base class whose instances are the objects that it is given. */
class Self {
  constructor(promise: Promise<unknown>) {
    // biome-ignore lint/correctness/noConstructorReturn: that is what it is for
    return promise;
  }
}

/** Puts a private field on a promise that something else made: invisible, and faster than a WeakMap. */
class Link extends Self {
  #scope: HotScope;
  constructor(promise: Promise<unknown>, scope: HotScope) {
    super(promise);
    this.#scope = scope;
  }
  static of(promise: object): HotScope | null {
    return #scope in promise ? promise.#scope : null;
  }
}

/** The scope whose promise this is, or null. */
export const scopeOf = (promise: object): HotScope | null => Link.of(promise);

/**
 * Runs the body of an async function at once, in a scope of its own that `createTask`, `gather`, `waitFor` and
 * `checkpoint` adopt through the promise that it returns. A kernel rewrites `async function f(a) { BODY }` to
 * `function f(a) { return asyncScope(async (a) => { BODY }, arguments) }`.
 */
export function asyncScope<A extends readonly unknown[], R>(
  body: (...args: A) => Promise<R>,
  args: A | IArguments,
): Promise<R> {
  const scope = new HotScope(storage.getStore() ?? null);
  const promise = storage.run(scope, body, ...(args as A));
  scope.promise = promise;
  scope.name = body.name;
  new Link(promise, scope);
  return promise;
}

/** The scope of a callback that the loop runs: no task is current in it. */
export class CallbackScope extends HotScope {
  readonly #loop: Loop;
  readonly #resource: AsyncResource;

  constructor(loop: Loop, resource: AsyncResource, vars: Variables) {
    super(null);
    this.#loop = loop;
    this.#resource = resource;
    this.vars = vars;
  }

  override get loop(): Loop {
    return this.#loop;
  }

  override get resource(): AsyncResource {
    return this.#resource;
  }
}
