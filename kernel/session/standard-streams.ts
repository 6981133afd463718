// `process.stdout`, `process.stderr` and `console` of the user's code, each line of which belongs to a cell.

import { Console } from "node:console";
import { Writable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import type { StreamName } from "../channel/stream-ring.ts";
import type { Output } from "./output.ts";

type WriteCallback = (error?: Error | null) => void;

/** A stream that is never full for long and never ends: writing blocks while the output cannot keep up. */
class CellStream extends Writable {
  readonly #name: StreamName;
  readonly #output: Output;
  readonly #decoder = new StringDecoder("utf8");
  /** Front ends show no cursor to move and no width to fill. */
  readonly isTTY = false;

  constructor(name: StreamName, output: Output) {
    super({ decodeStrings: false });
    this.#name = name;
    this.#output = output;
  }

  override write(
    chunk: unknown,
    encodingOrCallback?: BufferEncoding | WriteCallback,
    callback: WriteCallback | undefined = typeof encodingOrCallback === "function" ? encodingOrCallback : undefined,
  ): boolean {
    this.#output.write(this.#name, this.#text(chunk, encodingOrCallback));
    if (callback) process.nextTick(callback);
    return true;
  }

  override end(chunk?: unknown): this {
    if (chunk !== undefined && chunk !== null && typeof chunk !== "function") this.write(chunk);
    return this;
  }

  override destroy(): this {
    return this;
  }

  #text(chunk: unknown, encoding: unknown): string {
    if (typeof chunk === "string")
      return typeof encoding === "string" && Buffer.isEncoding(encoding) && !/^utf-?8$/i.test(encoding)
        ? this.#decoder.write(Buffer.from(chunk, encoding))
        : chunk;
    if (ArrayBuffer.isView(chunk))
      return this.#decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    throw new TypeError(
      `The "chunk" argument must be of type string, Buffer, TypedArray or DataView, got ${chunk === null ? "null" : typeof chunk}`,
    );
  }
}

/** Replaces the process's streams and console by those of the session. */
export function installStandardStreams(output: Output): void {
  const stdout = new CellStream("stdout", output);
  const stderr = new CellStream("stderr", output);
  Object.defineProperty(process, "stdout", { configurable: true, enumerable: true, get: () => stdout });
  Object.defineProperty(process, "stderr", { configurable: true, enumerable: true, get: () => stderr });
  // Not the inspector's console: that one keeps what was logged alive.
  const console = new Console({ stdout, stderr, ignoreErrors: false, colorMode: false });
  Object.defineProperty(globalThis, "console", {
    configurable: true,
    writable: true,
    enumerable: false,
    value: console,
  });
}
