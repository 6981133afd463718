// What cells have left running: how a client that runs notebooks headless hears of it, and waits for it.

import { expect, test, vi } from "vitest";
import { SessionProcess } from "./session-process.ts";

// Most of the tests have a session of their own, so that nothing else is pending there.
vi.setConfig({ testTimeout: 30_000 });

const pending = (session: SessionProcess, seconds: number) => session.comm("loopbook.pending", { seconds });

/** Runs the cells in a session of their own, and returns what is pending after so many seconds. */
async function pendingAfter(seconds: number, ...cells: string[]): Promise<unknown> {
  using session = new SessionProcess();
  for (const cell of cells) {
    await session.run(cell);
    await pending(session, 0);
  }
  return await pending(session, seconds);
}

test("nothing is pending after cells that have ended", async () => {
  expect(await pendingAfter(60, "1 + 1", "await new Promise((resolve) => setTimeout(resolve, 5))")).toEqual({
    pending: [],
  });
});

test.for([
  ["a timer", "setTimeout(() => console.log('late'), 50)"],
  [
    "a chain of I/O and timers",
    "import('node:fs').then(fs => fs.readFile('.', () => setTimeout(console.log, 20, 'late')))",
  ],
  [
    "a task",
    "import { createTask, sleep } from 'loopbook'; createTask(async () => { await sleep(0.05); console.log('late') })",
  ],
  ["a child process", "import { exec } from 'node:child_process'; exec('echo late', (_, said) => console.log(said))"],
  [
    "a thread",
    "import { Worker } from 'node:worker_threads'; new Worker('', { eval: true }).on('exit', () => console.log('late'))",
  ],
])("%s is waited for, and what it shows is its cell's", async ([, code = ""]) => {
  using session = new SessionProcess();
  const { parent, reply } = session.start(`${code}; 0`);
  await reply;
  await session.run("1");
  expect(await pending(session, 60)).toEqual({ pending: [] });
  expect(session.textOf(parent)).toContain("late");
});

test("what does not end is told when the time is over: its kind, how many, and its cell", async () => {
  const found = await pendingAfter(
    0.2,
    "setInterval(() => {}, 10); setTimeout(() => {}, 60_000); 0",
    "import { createTask, sleep } from 'loopbook'; for (const seconds of [50, 60]) createTask(() => sleep(seconds)); 0",
    "import { createServer } from 'node:net'; createServer().listen(0); 0",
  );
  expect(found).toEqual({
    pending: [
      { what: "sleeping task", count: 2, cell: 2 },
      { what: "timer", count: 2, cell: 1, passive: false },
      { what: "server", count: 1, cell: 3, passive: true },
    ],
  });
});

test("what only waits for somebody from outside is not waited for", async () => {
  const server = "import { createServer } from 'node:http'; createServer().listen(0); 0";
  expect(await pendingAfter(60, server)).toEqual({
    pending: [{ what: "server", count: 1, cell: 1, passive: true }],
  });
});

test("what does not keep a script from ending is not waited for", async () => {
  expect(await pendingAfter(60, "setInterval(() => {}, 10).unref(); new Promise(() => {}); 0")).toEqual({
    pending: [],
  });
});

test("a rejection that nobody handles has been shown when the client hears that nothing is pending now", async () => {
  using session = new SessionProcess();
  const { parent, reply } = session.start("Promise.reject(new RangeError('nobody')); 1");
  await reply;
  await pending(session, 0);
  expect(session.textOf(parent)).toContain("RangeError: nobody");
});

test("cells run on after the wait", async () => {
  using session = new SessionProcess();
  await session.run("let value = 20");
  await pending(session, 60);
  expect((await session.run("value + 1")).result).toBe("21");
});
