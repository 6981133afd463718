import { inspect } from "node:util";
import { RuntimeError, ValueError } from "../core/errors.ts";
import type { Variables } from "../core/roles.ts";
import { findRunningLoop, storage } from "../core/running.ts";

const outside: { vars: Variables } = { vars: new Map() };

const holder = (): { vars: Variables } => storage.getStore()?.variables() ?? findRunningLoop() ?? outside;

/** What `set` returns, for `reset`. */
export class Token<T> {
  /** @internal */ readonly variable: ContextVar<T>;
  /** The value that it replaced, in a list of its own, or none. */
  readonly oldValue: readonly [T] | readonly [];
  /** @internal */ used = false;

  constructor(variable: ContextVar<T>, oldValue: readonly [T] | readonly []) {
    this.variable = variable;
    this.oldValue = oldValue;
  }
}

/**
 * A variable that each task has a value of its own for: a new task starts with the values of its maker, and what it
 * sets is seen by itself and the coroutines that it awaits.
 *
 * @example
 * const user = new ContextVar<string>("user", { default: "nobody" });
 * user.set("Ada");
 * createTask(async () => console.log(user.get())); // Ada
 */
export class ContextVar<T> {
  readonly name: string;
  readonly #default: readonly [T] | readonly [];

  constructor(name: string, options?: { default: T }) {
    this.name = name;
    this.#default = options === undefined ? [] : [options.default];
  }

  /**
   * Its value here; else `fallback`, if given, or the default.
   * @throws RuntimeError when there is none of these
   */
  get(...fallback: [T] | []): T {
    const { vars } = holder();
    if (vars.has(this)) return vars.get(this) as T;
    const [value] = fallback.length > 0 ? fallback : this.#default;
    if (fallback.length === 0 && this.#default.length === 0) throw new RuntimeError(`${inspect(this)} has no value`);
    return value as T;
  }

  /** Sets it for this task; the token takes that back. */
  set(value: T): Token<T> {
    const at = holder();
    const token = new Token<T>(this, at.vars.has(this) ? [at.vars.get(this) as T] : []);
    at.vars = new Map(at.vars).set(this, value);
    return token;
  }

  /** @throws ValueError if the token is another variable's; RuntimeError if it has been used */
  reset(token: Token<T>): void {
    if (token.variable !== this) throw new ValueError("the token was created by a different ContextVar");
    if (token.used) throw new RuntimeError("the token has already been used once");
    token.used = true;
    const at = holder();
    const vars = new Map(at.vars);
    if (token.oldValue.length === 0) vars.delete(this);
    else vars.set(this, token.oldValue[0]);
    at.vars = vars;
  }

  [inspect.custom](): string {
    return `<ContextVar name='${this.name}'>`;
  }
}
