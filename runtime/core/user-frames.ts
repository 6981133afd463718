import { fileURLToPath } from "node:url";

const folder = new URL("../", import.meta.url);
const here = [folder.href, fileURLToPath(folder)];
const inRuntime = (line: string): boolean => here.some((start) => line.includes(start));
const ofEngine = (line: string): boolean => line.includes("node:") || line.includes("<anonymous>)");
/** How many lines of a stack are looked at: the first may all be the runtime's. */
const DEEP = 30;

/** The lines of the stack of whoever calls. */
export function callStack(): string {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = DEEP;
  const { stack = "" } = new Error();
  Error.stackTraceLimit = limit;
  return stack;
}

const frames = (stack: string): string[] => stack.split("\n").filter((line) => /^\s+at /.test(line) && !ofEngine(line));

/** The lines of a stack that are not the runtime's; undefined if there are none. */
export function userFrames(stack: string): string | undefined {
  const lines = frames(stack).filter((line) => !inRuntime(line));
  return lines.length > 0 ? lines.join("\n") : undefined;
}

const placeOf = (line: string): string => line.replace(/^\s+at (async )?/, "");

/** The innermost line of the user's, as `main (/program.ts:3:9)`; undefined if there is none. */
export function userPlace(stack: string): string | undefined {
  const line = frames(stack).find((frame) => !inRuntime(frame));
  return line === undefined ? undefined : placeOf(line);
}

/** As `userPlace`, if it is there that code waits; undefined if that is an async function of the runtime. */
export function waitingPlace(stack: string): string | undefined {
  const line = frames(stack).find((frame) => !inRuntime(frame) || frame.includes("at async "));
  return line === undefined || inRuntime(line) ? undefined : placeOf(line);
}
