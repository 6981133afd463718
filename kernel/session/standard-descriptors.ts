// The functions of `node:fs` on descriptors 0, 1 and 2. What is written there also comes to the cell through the process's
// pipes; here it keeps its place among what is printed otherwise. Nothing can be read: a notebook asks.

import type * as fileSystem from "node:fs";

type Module = typeof fileSystem;
type AnyFunction = (...args: never[]) => unknown;
type Callback = (error: Error | null, ...results: unknown[]) => void;
/** Writes to the stream of descriptor 1 or 2. */
export type WriteTo = (descriptor: 1 | 2, data: string | ArrayBufferView, encoding?: BufferEncoding) => void;

const FILES: { [path: string]: 1 | 2 } = { "/dev/stdout": 1, "/dev/fd/1": 1, "/dev/stderr": 2, "/dev/fd/2": 2 };
const STANDARD_INPUT = new Set<unknown>([0, "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"]);

/** Changes the functions of the module that take a descriptor. */
export function changeDescriptorFunctions(module: Module, writeTo: WriteTo): void {
  const write = (descriptor: 1 | 2, data: unknown, rest: readonly unknown[]): number => {
    if (typeof data === "string") {
      const encoding = rest.find((each) => typeof each === "string" && Buffer.isEncoding(each)) as BufferEncoding;
      writeTo(descriptor, data, encoding);
      return Buffer.byteLength(data, encoding);
    }
    const bytes = part(data, rest);
    writeTo(descriptor, bytes);
    return bytes.byteLength;
  };
  const writeAll = (descriptor: 1 | 2, data: unknown): number =>
    Array.isArray(data) ? data.reduce((total: number, each) => total + write(descriptor, each, []), 0) : 0;

  change(module, "writeSync", isOutput, ([descriptor, data, ...rest]) => write(descriptor, data, rest));
  change(module, "writevSync", isOutput, ([descriptor, buffers]) => writeAll(descriptor, buffers));
  for (const name of ["writeFileSync", "appendFileSync"] as const)
    change(module, name, isOutputFile, ([file, data, options]) => {
      write(typeof file === "string" ? (FILES[file] ?? 1) : file, data, [
        typeof options === "object" ? Reflect.get(options ?? {}, "encoding") : options,
      ]);
    });
  change(module, "write", isOutput, ([descriptor, data, ...rest]) =>
    callBack(rest, () => [write(descriptor, data, rest.slice(0, -1)), data]),
  );
  change(module, "writev", isOutput, ([descriptor, buffers, ...rest]) =>
    callBack(rest, () => [writeAll(descriptor, buffers), buffers]),
  );
  // A file opened next would take the number, and all that native code prints.
  change(module, "closeSync", isStandard, () => undefined);
  change(module, "close", isStandard, ([, ...rest]) => callBack(rest, () => []));

  for (const name of ["readSync", "readvSync", "readFileSync"] as const)
    change(module, name, isInput, ([from]) => {
      throw noInput(name, from);
    });
  for (const name of ["read", "readv", "readFile"] as const)
    change(module, name, isInput, ([from, ...rest]) =>
      callBack(rest, () => {
        throw noInput(name, from);
      }),
    );
  change(module.promises, "readFile", isInput, async ([from]) => {
    throw noInput("promises.readFile", from);
  });
}

const isOutput = (first: unknown): first is 1 | 2 => first === 1 || first === 2;
const isOutputFile = (first: unknown): first is 1 | 2 | string =>
  isOutput(first) || (typeof first === "string" && first in FILES);
const isStandard = (first: unknown): first is 0 | 1 | 2 => first === 0 || isOutput(first);
const isInput = (first: unknown): first is unknown => STANDARD_INPUT.has(first);

/** Replaces a function for those calls whose first argument is meant. */
function change<T extends object, First>(
  module: T,
  name: keyof T & string,
  isMeant: (first: unknown) => first is First,
  instead: (args: [first: First, ...rest: unknown[]]) => unknown,
): void {
  const original = module[name] as AnyFunction;
  const replacement = function (this: unknown, ...args: unknown[]): unknown {
    const [first, ...rest] = args;
    return isMeant(first) ? instead([first, ...rest]) : Reflect.apply(original, this, args);
  };
  // Its name, its length, how it is made a promise of.
  Object.defineProperties(replacement, Object.getOwnPropertyDescriptors(original));
  Reflect.set(module, name, replacement);
}

/** Calls the last argument, a callback, with what `work` gives or throws, a moment later. */
function callBack(args: readonly unknown[], work: () => unknown[]): void {
  const callback = args.at(-1);
  if (typeof callback !== "function") throw new TypeError('The "cb" argument must be of type function');
  let results: [Error | null, ...unknown[]];
  try {
    results = [null, ...work()];
  } catch (error) {
    results = [error instanceof Error ? error : new Error(String(error))];
  }
  process.nextTick(callback as Callback, ...results);
}

/** The bytes that are meant by `buffer, offset, length` or `buffer, { offset, length }`. */
function part(data: unknown, [first, second]: readonly unknown[]): Uint8Array {
  if (!ArrayBuffer.isView(data))
    throw new TypeError(
      'The "buffer" argument must be of type string or an instance of Buffer, TypedArray, or DataView',
    );
  const options: { offset?: unknown; length?: unknown } =
    typeof first === "object" && first !== null ? first : { offset: first, length: second };
  const offset = Number(options.offset ?? 0);
  const length = Number(options.length ?? data.byteLength - offset);
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength).subarray(offset, offset + length);
}

const noInput = (name: string, from: unknown): Error =>
  new Error(
    `fs.${name}(${JSON.stringify(from)}) reads standard input, which a notebook does not have. ` +
      'Ask the user instead: prompt("Name?") waits for the answer, await input("Name? ") lets the event loop go on.',
  );
