import type { AsyncResource } from "node:async_hooks";
import { RuntimeError } from "../core/errors.ts";
import type { Loop, Owner, Scope, Variables, Wait } from "../core/roles.ts";
import { loopOfNobody } from "../core/running.ts";

const NO_VARIABLES: Variables = new Map();

/**
 * The call of an async function that runs at once, as JavaScript's do. Whoever waits for its promise adopts it:
 * from then on a cancel reaches what its body waits for.
 */
export class HotScope implements Scope {
  currentWait: Wait | null = null;
  waitCount = 0;
  vars: Variables = NO_VARIABLES;
  readonly promise: Promise<unknown> | null;
  /** The name of the function. */ readonly name: string;
  readonly creator: Scope | null;
  /** Its code has ended, and returned a promise that is waited for in its place. */ returned = false;
  #adopter: Scope | null = null;
  #owner: Owner | null = null;

  constructor(creator: Scope | null, promise: Promise<unknown> | null = null, name = "") {
    this.creator = creator;
    this.promise = promise;
    this.name = name;
    if (promise === null) return;
    new Link(promise, this);
    unclaimed++;
  }

  get loop(): Loop {
    const loop = this.owner()?.loop ?? this.creator?.loop ?? loopOfNobody();
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
    if (this.promise !== null) unclaimed--;
    return true;
  }

  owner(): Owner | null {
    return this.#owner ?? (this.#adopter === null ? null : this.#findOwner(this.#adopter));
  }

  /** Calls may wait for each other as deep as the stack allows: this asks one after another, and all remember. */
  #findOwner(adopter: Scope): Owner | null {
    const below: HotScope[] = [this];
    let at: Scope | null = adopter;
    while (at instanceof HotScope && at.#owner === null) {
      below.push(at);
      at = at.adopter;
    }
    const owner = at?.owner() ?? null;
    if (owner !== null) for (const scope of below) scope.#owner = owner;
    return owner;
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

/** How many calls have waited, and belong to nobody yet. */
let unclaimed = 0;

/** The scope whose promise this is, if it belongs to nobody yet. V8 is slow to say that a promise has no private field: it is asked rarely. */
export function unclaimedScopeOf(promise: object): HotScope | null {
  if (unclaimed === 0) return null;
  const scope = Link.of(promise);
  return scope?.adopter === null ? scope : null;
}

/** The scope whose promise this is, or null. */
export const scopeOf = (promise: object): HotScope | null => Link.of(promise);

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
