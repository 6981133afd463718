// Looking into values of the user without trusting them: proxies and getters may throw.

import { isProxy } from "node:util/types";

/** What a property that throws is shown as. */
export class Unreadable {
  readonly reason: string;

  constructor(error: unknown) {
    this.reason = error instanceof Error ? error.message : String(error);
  }
}

/** The value of a property, or an `Unreadable`. */
export function property(of: object, key: PropertyKey): unknown {
  try {
    return Reflect.get(of, key);
  } catch (error) {
    return new Unreadable(error);
  }
}

/** The method of this name, if there is one that can be read. A proxy is not asked: it may have a method of any name. */
export function method(of: object, key: PropertyKey): ((...args: unknown[]) => unknown) | undefined {
  if (isProxy(of)) return undefined;
  const found = property(of, key);
  return typeof found === "function" ? (...args) => Reflect.apply(found, of, args) : undefined;
}

/** An object whose own properties are what it is: made by a literal, or by a class of the user's, and not empty. */
export function isRecord(value: unknown): value is { [key: string]: unknown } {
  if (typeof value !== "object" || value === null || isProxy(value)) return false;
  if (Object.prototype.toString.call(value) !== "[object Object]" || Symbol.iterator in value) return false;
  return Object.keys(value).length > 0;
}
