// `process.stdout`, `process.stderr` and `console` of the user's code, each line of which belongs to a cell.

import { Console } from "node:console";
import { Writable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import type { StreamName } from "../channel/stream-ring.ts";
import type { Output } from "./output.ts";
import type { WriteTo } from "./standard-descriptors.ts";

/** What pipelines listen for. */
const PIPED = ["close", "drain", "end", "error", "finish"] as const;

interface Listening {
  event: (typeof PIPED)[number];
  listener: () => void;
}

type WriteCallback = (error?: Error | null) => void;

/** As Node's: a pipeline that ends in it ends, and the next one finds it open. It is never full for long: writing blocks while the output cannot keep up. */
class CellStream extends Writable {
  readonly #name: StreamName;
  readonly #output: Output;
  readonly #decoder = new StringDecoder("utf8");
  readonly fd: 1 | 2;
  /** Front ends show no cursor to move and no width to fill. They show colours: see `hasColors`. */
  readonly isTTY = false;

  constructor(name: StreamName, output: Output) {
    super({ decodeStrings: false, autoDestroy: false });
    this.#name = name;
    this.#output = output;
    this.fd = name === "stdout" ? 1 : 2;
    this.on("finish", this.#finished);
  }

  /** What goes through here needs no buffer, so it takes the short way. */
  override write(
    chunk: unknown,
    encodingOrCallback?: BufferEncoding | WriteCallback,
    callback: WriteCallback | undefined = typeof encodingOrCallback === "function" ? encodingOrCallback : undefined,
  ): boolean {
    this.#output.write(this.#name, this.#text(chunk, encodingOrCallback));
    if (callback) process.nextTick(callback);
    return true;
  }

  /** What `end` is given. */
  override _write(chunk: unknown, encoding: BufferEncoding, callback: WriteCallback): void {
    this.#output.write(this.#name, this.#text(chunk, encoding));
    callback();
  }

  /** Says that it is closed, and stays open, as Node's does. */
  override _destroy(error: Error | null, callback: WriteCallback): void {
    const listeners = this.#listeners();
    callback(error);
    process.nextTick(() => {
      this.#open();
      this.#forget(listeners);
    });
  }

  /** The next pipeline may end in it too, and may begin at once. */
  readonly #finished = (): void => {
    const listeners = this.#listeners();
    this.#open();
    process.nextTick(() => {
      this.emit("close");
      this.#forget(listeners);
    });
  };

  #open(): void {
    // Writable's own, by which Node keeps its standard streams open.
    const undestroy: unknown = Reflect.get(this, "_undestroy");
    if (typeof undestroy === "function") undestroy.call(this);
  }

  #listeners(): Listening[] {
    return PIPED.flatMap((event) =>
      this.listeners(event).map((listener) => ({ event, listener: listener as Listening["listener"] })),
    );
  }

  /** Pipelines leave listeners behind, which a stream takes with it when it is gone. */
  #forget(listeners: readonly Listening[]): void {
    for (const { event, listener } of listeners) if (listener !== this.#finished) this.off(event, listener);
  }

  /** Bits of colour that can be shown, as `tty.WriteStream` tells. */
  getColorDepth(env: object = process.env): number {
    return terminal().getColorDepth.call(this, env);
  }

  hasColors(...given: [count?: number, env?: object]): boolean {
    return terminal().hasColors.call(this, ...given);
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

interface ColorQuestions {
  getColorDepth: (this: unknown, env: object) => number;
  hasColors: (this: unknown, count?: number, env?: object) => boolean;
}

/** Loaded for who asks: most programs only write. */
const terminal = (): ColorQuestions => process.getBuiltinModule("node:tty").WriteStream.prototype;

/** Replaces the process's streams and console by those of the session. Returns what writes to the stream of a descriptor. */
export function installStandardStreams(output: Output): WriteTo {
  const stdout = new CellStream("stdout", output);
  const stderr = new CellStream("stderr", output);
  Object.defineProperty(process, "stdout", { configurable: true, enumerable: true, get: () => stdout });
  Object.defineProperty(process, "stderr", { configurable: true, enumerable: true, get: () => stderr });
  // Not the inspector's console: that one keeps what was logged alive.
  const console = new Console({ stdout, stderr, ignoreErrors: false, colorMode: false });
  const { console: original } = globalThis;
  for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(original)))
    if (!(name in console)) Object.defineProperty(console, name, property);
  Object.defineProperty(globalThis, "console", {
    configurable: true,
    writable: true,
    enumerable: false,
    value: console,
  });
  return (descriptor, data, encoding) => {
    // Not the stream's method, which user code may have replaced to catch what is printed.
    CellStream.prototype.write.call(descriptor === 1 ? stdout : stderr, data, encoding);
  };
}

/**
 * Has packages that colour their output do so: most look for FORCE_COLOR where there is no terminal. Programs that cells start
 * do not see it, for their output is read by code as often as by people.
 */
export function announceColors(env = process.env): void {
  if (env.FORCE_COLOR !== undefined || (env.NO_COLOR ?? "") !== "") return;
  const property = { get: () => ((env.NO_COLOR ?? "") === "" ? "3" : "0"), enumerable: false, configurable: true };
  // Node hands on what is enumerable; the environment itself takes no other properties, its prototype does.
  Object.setPrototypeOf(env, Object.create(Object.getPrototypeOf(env), { FORCE_COLOR: property }));
}
