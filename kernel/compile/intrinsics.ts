// The names through which rewritten code calls the kernel. They are properties of the global object that nobody
// enumerates; completion hides everything that begins so.

export const INTRINSIC_PREFIX = "__loopbook_";

export const Intrinsic = {
  /** `await x` → `awaited(settled(await __loopbook_await(x, run, "name"), run) ?? await pending(run))`: a cancellation point. */
  await: "__loopbook_await",
  settled: "__loopbook_settled",
  pending: "__loopbook_pending",
  awaited: "__loopbook_awaited",
  /** `await Promise.resolve(x)`, by which code lets others go on: `await x`, where `x` is no object. */
  resolved: "__loopbook_resolved",
  /** In each async function that awaits: what stands for this run of it. */
  run: "__loopbook_run",
  /** `const __loopbook_run = __loopbook_call();`, in an async generator `__loopbook_generator()`, in a function that awaits nothing `__loopbook_latest()`. */
  call: "__loopbook_call",
  generator: "__loopbook_generator",
  latest: "__loopbook_latest",
  /** Code among the parameters, which runs before that. */
  keep: "__loopbook_keep",
  /** What an async function returns. */
  return: "__loopbook_return",
  /** At the start of a `catch`, a `finally`, the body of a `for await`. */
  resume: "__loopbook_resume",
  /** `await using x = …` in an async function. */
  hold: "__loopbook_hold",
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
