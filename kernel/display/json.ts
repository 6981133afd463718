// What leaves the session, as JSON that every client can read and every notebook can be saved with.

/** Nested deeper, Python's clients give a message up. */
const DEEPEST = 500;
/** As many steps of a path tell the reader where to look. */
const LONGEST_PATH = 20;

/** A value that a message was to carry is not JSON. */
export class NotJsonError extends TypeError {
  override readonly name = "NotJsonError";
}

/**
 * A copy of `value` as JSON has it: what `JSON.stringify` leaves out is left out, and halves of surrogate pairs, which no file
 * can hold, are U+FFFD.
 *
 * @param what names the value in an error: `the "application/json" of what is shown`
 * @throws {NotJsonError} for a BigInt, an object that contains itself, something nested too deep
 */
export function toJson(value: unknown, what: string): unknown {
  const json = new JsonCopy(what).copy(value, "");
  if (json === undefined)
    throw new NotJsonError(`${what} is not JSON: it is ${value === undefined ? "" : "a "}${typeof value}`);
  return json;
}

/** As `toJson`, for what is an object. */
export const toJsonObject = (value: object, what: string): { [key: string]: unknown } => ({
  ...(toJson(value, what) as object),
});

class JsonCopy {
  readonly #what: string;
  /** Where the copy is: `.a`, `[0]`, … */
  readonly #path: string[] = [];
  /** The objects that it is inside of. */
  readonly #around = new Set<object>();

  constructor(what: string) {
    this.#what = what;
  }

  copy(given: unknown, key: string): unknown {
    const value = withoutWrapper(given, key);
    switch (typeof value) {
      case "string":
        return value.toWellFormed();
      case "number":
        return Number.isFinite(value) ? value : null;
      case "boolean":
        return value;
      case "bigint":
        return this.#refuse("it holds a BigInt, for which JSON has no form: make it a number or a string");
      case "object":
        return value === null ? null : this.#copyObject(value);
      default:
        return undefined;
    }
  }

  #copyObject(object: object): unknown {
    if (this.#around.has(object)) this.#refuse("it contains itself");
    if (this.#path.length > DEEPEST) this.#refuse(`it is nested more than ${DEEPEST} levels deep`);
    this.#around.add(object);
    const result = Array.isArray(object) ? this.#items(object) : this.#members(object);
    this.#around.delete(object);
    return result;
  }

  #items(array: readonly unknown[]): unknown[] {
    const items: unknown[] = [];
    for (let index = 0; index < array.length; index++) {
      this.#path.push(`[${index}]`);
      items.push(this.copy(array[index], String(index)) ?? null);
      this.#path.pop();
    }
    return items;
  }

  #members(object: object): object {
    const members: [string, unknown][] = [];
    for (const key of Object.keys(object)) {
      this.#path.push(`.${key}`);
      const member = this.copy(Reflect.get(object, key), key);
      if (member !== undefined) members.push([key.toWellFormed(), member]);
      this.#path.pop();
    }
    return Object.fromEntries(members);
  }

  #refuse(why: string): never {
    const steps = this.#path.slice(0, LONGEST_PATH).join("") + (this.#path.length > LONGEST_PATH ? "…" : "");
    throw new NotJsonError(`${this.#what} is not JSON: ${why}${steps === "" ? "" : ` (at ${steps})`}`);
  }
}

/** What `JSON.stringify` takes for an object: what its `toJSON` says, or the primitive that it wraps. */
function withoutWrapper(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null) return value;
  const toJSON: unknown = Reflect.get(value, "toJSON");
  if (typeof toJSON === "function") return Reflect.apply(toJSON, value, [key]);
  return value instanceof Number || value instanceof String || value instanceof Boolean ? value.valueOf() : value;
}
