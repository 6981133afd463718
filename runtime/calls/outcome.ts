/** How an awaited value came out: handed through the await as a value, so that the code itself throws an error. */
export class Outcome {
  failed: boolean;
  value: unknown;
  readonly #outcome = true;

  constructor(failed: boolean, value: unknown) {
    this.failed = failed;
    this.value = value;
  }

  /** Whether it is one: asks no proxy. */
  static is(value: unknown): value is Outcome {
    return typeof value === "object" && value !== null && #outcome in value;
  }
}
