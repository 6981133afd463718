// The names through which rewritten code calls the kernel. They are properties of the global object that nobody
// enumerates; completion hides everything that begins so.

export const INTRINSIC_PREFIX = "__loopbook_";

export const Intrinsic = {
  /** `await x` → `await __loopbook_await(x)`: a cancellation point. */
  await: "__loopbook_await",
  /** The body of an async function: `__loopbook_async(async () => {…})`. */
  async: "__loopbook_async",
  /** What `for await` and `yield*` iterate. */
  iterate: "__loopbook_iterate",
  /** The value of an expression statement, which nobody will see. */
  discard: "__loopbook_discard",
  /** The value of the cell. */
  result: "__loopbook_result",
  /** What an `import` declaration has loaded before the cell began. */
  imported: "__loopbook_imported",
  /** `import()` */
  importModule: "__loopbook_import",
  /** `import()` in a file, by the path of the file: `__loopbook_importInFile(here)(x)`. */
  importInFile: "__loopbook_importInFile",
  /** `require` and the like, by the path of the file. */
  commonJs: "__loopbook_commonJs",
  /** `import.meta` */
  meta: "__loopbook_meta",
  /** What a `var`, or a namespace that reopens, was before the cell began. */
  kept: "__loopbook_kept",
  /** `using x = …` at the top level, disposed when the cell ends. */
  use: "__loopbook_use",
  useAsync: "__loopbook_useAsync",
  /** Shared memory whose first word is not 0 while an interrupt is pending, and what a loop calls then. */
  signals: "__loopbook_signals",
  interrupted: "__loopbook_interrupted",
  /** An assignment to a constant: throws. So does one to its `value`, which stands for the constant in a pattern. */
  constant: "__loopbook_constant",
} as const;
