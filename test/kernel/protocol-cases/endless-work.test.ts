// Whatever a cell does for ever, one interrupt ends it, what was defined is kept, and the next cell works.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { KernelUnderTest } from "./kernel-process.ts";

/** `(module (func (export "spin") (loop (br 0))))` */
const SPINNING_WASM =
  "[0,97,115,109,1,0,0,0,1,4,1,96,0,0,3,2,1,0,7,8,1,4,115,112,105,110,0,0,10,9,1,7,0,3,64,12,0,11,11]";

const NEVER = "await new Promise(() => {})";

const ENDLESS = {
  "a loop": "while (true) {}",
  "a loop that catches everything": "for (;;) { try { null.x } catch {} }",
  "a loop that prints": "for (;;) console.log('x'.repeat(1000))",
  "a loop in evaluated code": "(0, eval)('for (;;);')",
  "a loop in a script of node:vm": "require('node:vm').runInThisContext('for (;;);')",
  "a loop in WebAssembly": `new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(${SPINNING_WASM}))).exports.spin()`,
  "a loop over a generator": "function* ones() { for (;;) yield 1 } for (const one of ones()) one",
  "a loop in a constructor": "class Spin { constructor() { for (;;); } } new Spin()",
  "a loop of awaits": "while (true) await null",
  "a loop of awaits in a file": "const { spin } = await import('./spin.ts'); await spin()",
  "a loop of promises": "const again = (): Promise<void> => Promise.resolve().then(again); await again()",
  "a loop of microtasks": `const micro = () => queueMicrotask(micro); micro(); ${NEVER}`,
  "a loop of ticks": `const tick = () => process.nextTick(tick); tick(); ${NEVER}`,
  "a loop in a timer": `setTimeout(() => { for (;;); }, 1); ${NEVER}`,
  "a loop in an immediate": `setImmediate(() => { for (;;); }); ${NEVER}`,
  "a loop in a tick": `process.nextTick(() => { for (;;); }); ${NEVER}`,
  "a loop in a listener": `process.on('spin', () => { for (;;); }); setTimeout(() => process.emit('spin')); ${NEVER}`,
  "a loop that nobody awaits": `(async () => { for (;;) await null })(); ${NEVER}`,
  "a sort by a comparison without an end": "[2, 1].sort(() => { for (;;); })",
  "a replacement without an end": "'x'.replace(/x/, () => { for (;;); })",
  "a catastrophic regular expression": "/^(a+)+$/.test('a'.repeat(60) + '!')",
  "a wait in Atomics": "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)",
  "a blocking sleep": "import { blockingSleep } from 'loopbook'; blockingSleep(1000)",
  "a sleep": "import { sleep } from 'loopbook'; await sleep(1000)",
  "a promise that never settles": NEVER,
  "a promise that never settles, beside a busy interval": `setInterval(() => {}, 1); ${NEVER}`,
  "a for await loop": "for await (const x of (async function* () { await new Promise(() => {}) })()) x",
  "a value that does not say how it is shown":
    "({ async [Symbol.for('Jupyter.display')]() { await new Promise(() => {}) } })",
  "a value that is shown by a loop": "({ [Symbol.for('Jupyter.display')]() { for (;;); } })",
  "clean-up that loops": "using resource = { [Symbol.dispose]() { for (;;); } }",
  "a question that nobody answers": "await input('?')",
  "a blocking question that nobody answers": "prompt('?')",
};

let kernel: KernelUnderTest;

beforeAll(async () => {
  kernel = await KernelUnderTest.start({ LOOPBOOK_TYPES: "off" });
  writeFileSync(join(kernel.folder, "spin.ts"), "export async function spin() { for (;;) await null }");
  await kernel.run("let kept = 'kept'");
});
afterAll(() => kernel?.[Symbol.asyncDispose]());

test.each(Object.entries(ENDLESS))("one interrupt ends %s", async (_, code) => {
  const ran = kernel.run(code, { allow_stdin: true });
  await sleep(80);
  await kernel.client.ask("interrupt_request", {}, "control");
  expect((await ran).reply).toMatchObject({ status: "error", ename: "KeyboardInterrupt" });
  const { published } = await kernel.run("kept");
  expect(published).toContainEqual(
    expect.objectContaining({ content: expect.objectContaining({ data: { "text/plain": "'kept'" } }) }),
  );
});
