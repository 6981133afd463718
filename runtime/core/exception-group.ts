/**
 * Several errors that were raised together, as Python's ExceptionGroup: what a task group throws.
 *
 * @example
 * try {
 *   await taskGroup((g) => { g.createTask(() => fails()); });
 * } catch (error) {
 *   if (error instanceof ExceptionGroup) console.log(error.exceptions);
 * }
 */
export class ExceptionGroup<E = unknown> extends AggregateError {
  declare readonly errors: E[];

  constructor(message: string, exceptions: readonly E[]) {
    if (exceptions.length === 0) throw new RangeError("second argument (exceptions) must be a non-empty sequence");
    super(exceptions, `${message} (${exceptions.length} sub-exception${exceptions.length === 1 ? "" : "s"})`);
  }

  /** The errors of the group: Python's name for `errors`. */
  get exceptions(): readonly E[] {
    return this.errors;
  }

  /** The part of the group that matches, nested as it was, or null; Python's `subgroup` and `except*`. */
  subgroup(matches: (error: unknown) => boolean): ExceptionGroup | null {
    return this.split(matches)[0];
  }

  /** The group in two: what matches and the rest, each null when empty. */
  split(matches: (error: unknown) => boolean): [ExceptionGroup | null, ExceptionGroup | null] {
    if (matches(this)) return [this, null];
    const inside: unknown[] = [];
    const outside: unknown[] = [];
    for (const error of this.errors) {
      if (error instanceof ExceptionGroup) {
        const [yes, no] = error.split(matches);
        if (yes !== null) inside.push(yes);
        if (no !== null) outside.push(no);
      } else (matches(error) ? inside : outside).push(error);
    }
    const message = this.message.replace(/ \(\d+ sub-exceptions?\)$/, "");
    const group = (errors: unknown[]) => (errors.length > 0 ? new ExceptionGroup(message, errors) : null);
    return [group(inside), group(outside)];
  }
}
Object.defineProperty(ExceptionGroup.prototype, "name", {
  value: "ExceptionGroup",
  configurable: true,
  writable: true,
});
