import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { checkpoint } from "./checkpoint.ts";
import { Coroutine } from "./coroutine.ts";

/** The program of a worker: calls functions that come as text. */
const PROGRAM = `
const { parentPort } = process.getBuiltinModule("node:worker_threads");
const forms = [
  // The name lets a function call itself, whose source may have none: \`const fib = function (n) { … fib(n - 1) … }\`.
  (source, name) => (0, eval)("(() => { const " + name + " = " + source + "; return " + name + "; })()"),
  (source) => (0, eval)("(" + source + ")"),
  // A method of a class or an object.
  (source) => Object.values((0, eval)("({" + source + "})"))[0],
];
const compile = (source, name) => {
  for (const form of forms)
    try { return form(source, name); }
    catch (error) { if (form === forms.at(-1) || !(error instanceof SyntaxError)) throw error; }
};
parentPort.on("message", async ({ source, name, args }) => {
  try { parentPort.postMessage({ value: await compile(source, name)(...args) }); }
  catch (error) {
    try { parentPort.postMessage({ error }); }
    catch { parentPort.postMessage({ error: new Error(String(error)) }); }
  }
});
`;

interface Job {
  source: string;
  name: string;
  args: readonly unknown[];
  resolve(value: unknown): void;
  reject(reason: unknown): void;
}

type Answer = { value: unknown } | { error: unknown };

/** As many workers as asyncio's default executor has threads; made when needed, none keeps the process alive. */
const limit = Math.min(32, availableParallelism() + 4);
const idle: Worker[] = [];
const waiting: Job[] = [];
const running = new Map<Worker, Job>();

function submit(job: Job): void {
  const worker = idle.pop() ?? (running.size < limit ? start() : undefined);
  if (worker === undefined) waiting.push(job);
  else give(worker, job);
}

function give(worker: Worker, job: Job): void {
  running.set(worker, job);
  worker.ref();
  try {
    worker.postMessage({ source: job.source, name: job.name, args: job.args });
  } catch (error) {
    free(worker);
    job.reject(error);
  }
}

function free(worker: Worker): void {
  running.delete(worker);
  const next = waiting.shift();
  if (next !== undefined) {
    give(worker, next);
    return;
  }
  worker.unref();
  idle.push(worker);
}

function start(): Worker {
  const worker = new Worker(PROGRAM, { eval: true });
  worker.on("message", (answer: Answer) => {
    const job = running.get(worker);
    free(worker);
    if ("error" in answer) job?.reject(answer.error);
    else job?.resolve(answer.value);
  });
  const gone = (reason: unknown) => {
    const job = running.get(worker);
    running.delete(worker);
    const at = idle.indexOf(worker);
    if (at >= 0) idle.splice(at, 1);
    job?.reject(reason);
    const next = waiting.shift();
    if (next !== undefined) submit(next);
  };
  worker.on("error", gone);
  worker.on("exit", (code) => gone(new Error(`the thread ended with code ${code}`)));
  worker.unref();
  return worker;
}

/**
 * Runs a function in another thread, so that it does not block the loop, and returns its result. The function travels
 * as text: it must use nothing from outside but its arguments, which are copied (structured clone). Cancelling stops
 * the waiting, not the thread.
 *
 * @throws what the function throws; DataCloneError if an argument or the result cannot be copied
 * @example
 * const sum = await toThread((n: number) => {
 *   let total = 0;
 *   for (let i = 0; i < n; i++) total += i;
 *   return total;
 * }, 1e9);
 */
export function toThread<A extends readonly unknown[], R>(fn: (...args: A) => R, ...args: A): Promise<Awaited<R>> {
  if (typeof fn !== "function") throw new TypeError(`toThread: a function was expected, got ${typeof fn}`);
  const source = Function.prototype.toString.call(fn);
  return new Coroutine<Awaited<R>>("toThread", async (): Promise<Awaited<R>> => {
    const result = new Promise<unknown>((resolve, reject) => submit({ source, name: fn.name, args, resolve, reject }));
    return (await checkpoint(result)) as Awaited<R>;
  });
}
