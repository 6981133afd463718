import type { AsyncResource } from "node:async_hooks";
import { inspect } from "node:util";

/** A warning, as Python's warnings module would show it. */
export interface Warning {
  category: "RuntimeWarning" | "ResourceWarning";
  message: string;
  /** Where the thing that it is about was made, if known: the lines of a stack. */
  stack: string | undefined;
}

/** An error that no code was there to catch: what asyncio gives to the loop's exception handler. */
export interface UncaughtContext {
  message: string;
  exception: unknown;
  /** The task or future that failed, if it still exists, in words. */
  future?: string;
  /** Where that was made, as the lines of a stack, in debug mode. */
  created?: string;
  /** The handle or callback that failed, in words. */
  handle?: string;
}

export interface Handlers {
  onWarning: (warning: Warning) => void;
  onError: (context: UncaughtContext) => void;
}

const stderr: Handlers = {
  onWarning({ category, message, stack }) {
    process.stderr.write(`${category}: ${message}\n${stack === undefined ? "" : `${stack}\n`}`);
  },
  onError({ message, exception, future, created, handle }) {
    const about = [future && `future: ${future}`, created && `made at:\n${created}`, handle && `handle: ${handle}`]
      .filter(Boolean)
      .join("\n");
    process.stderr.write(`${message}\n${about === "" ? "" : `${about}\n`}${inspect(exception)}\n`);
  },
};

let handlers: Handlers = stderr;

/** Who shows warnings and uncaught errors from now on; without an argument, standard error. */
export function setHandlers(own: Partial<Handlers> = {}): void {
  handlers = { ...stderr, ...own };
}

function inContext(resource: AsyncResource | null, show: () => void): void {
  try {
    if (resource === null) show();
    else resource.runInAsyncScope(show);
  } catch (error) {
    process.stderr.write(`A handler of warnings failed: ${inspect(error)}\n`);
  }
}

export function warn(resource: AsyncResource | null, warning: Warning): void {
  inContext(resource, () => handlers.onWarning(warning));
}

export function reportError(resource: AsyncResource | null, context: UncaughtContext): void {
  inContext(resource, () => handlers.onError(context));
}

/** A future or task that failed. */
interface Failed {
  /** Whether nobody has read its error yet. */
  readonly unread: boolean;
  /** The error, without reading it. */
  readonly failure: unknown;
  /** The async context in which a report is shown. */
  readonly resource: AsyncResource | null;
}

const sites = new WeakMap<object, string>();

/** Where a task was made, as the lines of a stack; known in debug mode. */
export function creationSite(task: object): string | undefined {
  return sites.get(task);
}

export function noteCreation(task: object, site: string): void {
  sites.set(task, site);
}

interface Failure {
  context: UncaughtContext;
  resource: AsyncResource | null;
}

// Errors that nobody has read. Most are read before Node's turn is over: until then a list holds their futures. After that
// there is a record of each, which does not hold the future and is reported when that is collected.
let fresh: { future: Failed; resource: AsyncResource | null }[] = [];
let sweeping = false;
const failures = new Map<object, Failure>();
const registry = new FinalizationRegistry<object>((key) => reportFailure(key));
const keys = new WeakMap<Failed, object>();

function reportFailure(key: object): void {
  const failure = failures.get(key);
  if (failure === undefined) return;
  failures.delete(key);
  reportError(failure.resource, failure.context);
}

export function reportUnlessRetrieved(future: Failed): void {
  fresh.push({ future, resource: future.resource });
  if (sweeping) return;
  sweeping = true;
  setImmediate(sweepFailures).unref();
  reportAtExit();
}

/** Makes records of the errors that nobody has read so far. */
export function sweepFailures(): void {
  sweeping = false;
  const candidates = fresh;
  fresh = [];
  for (const { future, resource } of candidates) {
    if (!future.unread) continue;
    const key = {};
    const what = future.constructor.name;
    // Formats its stack, whose frames would hold the task.
    if (Error.isError(future.failure)) void future.failure.stack;
    const created = creationSite(future);
    const message = `${what} exception was never retrieved`;
    const context = { message, exception: future.failure, future: inspect(future), ...(created && { created }) };
    failures.set(key, { resource, context });
    keys.set(future, key);
    registry.register(future, key, key);
  }
}

export function forgetFailure(future: Failed): void {
  const key = keys.get(future);
  if (key === undefined) return;
  failures.delete(key);
  registry.unregister(key);
}

/** How many errors nobody has read so far. */
export function unreadFailures(): number {
  return failures.size + fresh.filter(({ future }) => future.unread).length;
}

let atExit = false;
const lastReports = new Set<() => void>();

/** Reports what nobody has read when the process ends, and calls `also` before that. */
export function reportAtExit(also?: () => void): void {
  if (also !== undefined) lastReports.add(also);
  if (atExit) return;
  atExit = true;
  process.once("exit", () => {
    for (const report of lastReports) report();
    sweepFailures();
    for (const key of [...failures.keys()]) reportFailure(key);
  });
}
