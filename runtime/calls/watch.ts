/** Which promise a call of an async function will settle: JavaScript does not tell the function itself. */
import { nextTick } from "node:process";
import { promiseHooks } from "node:v8";
import { Run } from "./run.ts";

/**
 * Promises after which the watch pauses where no call asked for its own: each costs 30 ns more while it is on. A pause ends with
 * the microtasks that are due, so it is in loops of nothing but promises that are ready that there is one.
 */
const BURST = 1 << 15;

let latest: Promise<unknown> | null = null;
let left = 0;
let stop: (() => void) | null = null;

function note(promise: Promise<unknown>): void {
  latest = promise;
  if (--left < 0) pause();
}

/** Watches from now on. V8 makes the promise of a call as the very first thing that the call does. */
export function watchCalls(): void {
  if (stop !== null) return;
  left = BURST;
  stop = promiseHooks.onInit(note) as () => void;
}

/**
 * Needs 1,600 bytes of the stack: it is here that calls which nest too deep fail, while there is room for what follows, V8's telling Node
 * of a rejection above all. Where that fails too, Node prints so, with the text that V8 runs. Costs nothing in optimised code.
 */
const reserve = new Function(`if (arguments.length > 0) arguments[0](${new Array(200).fill(0).join()})`) as () => void;

function pause(): void {
  stop?.();
  stop = latest = null;
  nextTick(watchCalls);
}

/**
 * What stands for this call, of an async function that awaits:  for as the first thing in the body.
 * Of the first call after a pause nobody knows the promise: it has a scope that nobody can adopt.
 */
export function thisCall(): Run {
  reserve();
  left = BURST;
  const promise = latest;
  if (promise === null) watchCalls();
  return new Run(true, promise);
}

/** As `thisCall`, of an async function that does not await: null if nobody knows. */
export function latestPromise(): Promise<unknown> | null {
  reserve();
  return latest;
}

/** For an expression that the engine evaluates before the body: gives its value, and forgets the promises made meanwhile. */
export function keepCall<T>(promise: Promise<unknown> | null, value: T): T {
  if (stop !== null) latest = promise;
  return value;
}

/** What stands for a run of an async generator, whose awaits are those of whoever asks it for values. */
export const generatorRun = (): Run => new Run(false, null);
