import { expect, test } from "vitest";
import { createRingMemory, StreamRingWriter } from "../../../kernel/channel/stream-ring.ts";
import { StreamPump } from "../../../kernel/io/stream-pump.ts";

function pumpWithRing() {
  const memory = createRingMemory();
  const writer = new StreamRingWriter(memory, () => {});
  const published: string[] = [];
  const pump = new StreamPump(memory, {
    publish: (parent, name, text) => published.push(`${parent} ${name} ${text}`),
    backlog: undefined,
  });
  return { writer, published, pump };
}

test("text of a pipe follows what was in the ring when it came, and precedes what is written there later", () => {
  const { writer, published, pump } = pumpWithRing();
  writer.write(1, "stdout", "a");
  pump.take({ parent: 2, name: "stderr", text: "pipe" });
  pump.take({ parent: 2, name: "stderr", text: " more" });
  writer.write(1, "stdout", "b");
  pump.drain();
  expect(published).toEqual(["1 stdout a", "2 stderr pipe more", "1 stdout b"]);
});

test("text of a pipe that came after a place stays behind it", () => {
  const { writer, published, pump } = pumpWithRing();
  writer.write(1, "stdout", "a");
  const place = writer.written;
  writer.write(1, "stdout", "b");
  pump.take({ parent: 1, name: "stdout", text: "pipe" });
  pump.take({ parent: 1, name: "stdout", text: "early" }, place);
  pump.drain(place);
  expect(published).toEqual(["1 stdout a"]);
  pump.drain();
  expect(published).toEqual(["1 stdout a", "1 stdout bpipeearly"]);
});

test("text that was told its place leaves with that", () => {
  const { writer, published, pump } = pumpWithRing();
  writer.write(1, "stdout", "a");
  const place = writer.written;
  writer.write(1, "stdout", "b");
  pump.take({ parent: 1, name: "stderr", text: "pipe" }, place);
  pump.drain(place);
  expect(published).toEqual(["1 stdout a", "1 stderr pipe"]);
});
