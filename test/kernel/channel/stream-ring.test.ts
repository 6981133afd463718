import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { describe, expect, test } from "vitest";
import { createRingMemory, StreamRingReader, StreamRingWriter } from "../../../kernel/channel/stream-ring.ts";

const CAPACITY = 1 << 18;
const POSITIONS = [0, 1]; // written and read, in the control block

function ring({ startAt = 0 } = {}) {
  const memory = createRingMemory(CAPACITY);
  const control = new Int32Array(memory, 0, 4);
  for (const word of POSITIONS) control[word] = startAt;
  const wakes = { count: 0 };
  const writer = new StreamRingWriter(memory, () => wakes.count++);
  return { memory, writer, reader: new StreamRingReader(memory), wakes };
}

describe("the stream ring", () => {
  test("joins neighbouring text of one parent and stream, and keeps the order of others", () => {
    const { writer, reader } = ring();
    writer.write(1, "stdout", "a");
    writer.write(1, "stdout", "b");
    writer.write(1, "stderr", "c");
    writer.write(2, "stderr", "d");
    writer.write(1, "stdout", "e");
    expect(reader.read()).toEqual([
      { parent: 1, name: "stdout", text: "ab" },
      { parent: 1, name: "stderr", text: "c" },
      { parent: 2, name: "stderr", text: "d" },
      { parent: 1, name: "stdout", text: "e" },
    ]);
    expect(reader.read()).toEqual([]);
  });

  test("reads up to a position and no further", () => {
    const { writer, reader } = ring();
    writer.write(1, "stdout", "before");
    const position = writer.written;
    writer.write(1, "stdout", "after");
    expect(reader.read(position)).toEqual([{ parent: 1, name: "stdout", text: "before" }]);
    expect(reader.read(position)).toEqual([]);
    expect(reader.read()).toEqual([{ parent: 1, name: "stdout", text: "after" }]);
  });

  test("carries text longer than one record, and does not cut a character in two", () => {
    const { writer, reader } = ring();
    const text = `x${"😀".repeat(20_000)}é`;
    writer.write(7, "stdout", text);
    expect(reader.read()).toEqual([{ parent: 7, name: "stdout", text }]);
  });

  test("keeps parents up to 2^32 - 1", () => {
    const { writer, reader } = ring();
    writer.write(0xffff_ffff, "stderr", "x");
    expect(reader.read()).toEqual([{ parent: 0xffff_ffff, name: "stderr", text: "x" }]);
  });

  test.each([
    ["the end of its memory", CAPACITY - 5],
    ["2^31", 0x7fff_fffb],
    ["2^32", -5],
  ])("wraps at %s, in the middle of a record's head and of its text", (_, startAt) => {
    for (let shift = 0; shift < 12; shift++) {
      const { writer, reader } = ring({ startAt: startAt - shift });
      writer.write(3, "stdout", "hello");
      writer.write(3, "stderr", "world");
      expect(reader.read(writer.written)).toEqual([
        { parent: 3, name: "stdout", text: "hello" },
        { parent: 3, name: "stderr", text: "world" },
      ]);
    }
  });

  test("wakes a sleeping reader once, until it has slept again", () => {
    const { writer, reader, wakes } = ring();
    writer.write(1, "stdout", "a");
    writer.write(1, "stdout", "b");
    expect(wakes.count).toBe(1);
    expect(reader.sleep()).toBe(false);
    reader.read();
    expect(reader.sleep()).toBe(true);
    writer.write(1, "stdout", "c");
    expect(wakes.count).toBe(2);
  });

  test("makes a writer wait while it is full, and loses nothing", async () => {
    const { memory, reader } = ring();
    const worker = new Worker(
      `const { workerData } = require("node:worker_threads");
       import(workerData.module).then(({ StreamRingWriter }) => {
         const writer = new StreamRingWriter(workerData.memory, () => {});
         for (let i = 0; i < 20_000; i++) writer.write(1, "stdout", String(i).padStart(99, ".") + "\\n");
       });`,
      {
        eval: true,
        workerData: { memory, module: new URL("../../../kernel/channel/stream-ring.ts", import.meta.url).href },
      },
    );
    const ended = once(worker, "exit");
    let text = "";
    while (text.length < 20_000 * 100) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      for (const record of reader.read()) text += record.text;
    }
    await ended;
    const lines = text.trimEnd().split("\n");
    expect(lines).toHaveLength(20_000);
    expect(lines.every((line, i) => line === String(i).padStart(99, "."))).toBe(true);
  });

  test("must be a power of two, and not too small for a record", () => {
    expect(() => createRingMemory(300_000)).toThrow(RangeError);
    expect(() => createRingMemory(1 << 10)).toThrow(RangeError);
  });
});
