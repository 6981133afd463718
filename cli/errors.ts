// What the command line itself throws.

/** The command was not asked rightly: exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
