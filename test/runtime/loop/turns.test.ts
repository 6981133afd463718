import { expect, test } from "vitest";
import {
  asCompleted,
  Barrier,
  Condition,
  coroutine,
  createTask,
  Event,
  FIRST_COMPLETED,
  Future,
  gather,
  getRunningLoop,
  Lock,
  Queue,
  Semaphore,
  shield,
  sleep,
  taskGroup,
  timeout,
  wait,
  waitFor,
} from "../../../runtime/index.ts";
import { virtually } from "../virtually.ts";

/** How many turns of another task's `sleep(0)` loop each takes, counted in CPython 3.13 with the same programs. */
const turnsInCPython: Record<string, number> = {
  sleep0: 1,
  coro: 0,
  task: 2,
  "task two": 4,
  gather: 5,
  "gather fail": 3,
  "gather rexc": 5,
  "gather nested": 4,
  "wait_for coro": 2,
  "wait_for task": 4,
  "wait_for 0": 3,
  "wait_for task 0": 3,
  wait: 5,
  "wait first": 3,
  shield: 5,
  as_completed: 5,
  taskgroup: 5,
  "taskgroup fail": 5,
  "taskgroup fail body": 3,
  "cancel sleeping": 3,
  "cancel unstarted": 2,
  "cancel nested": 5,
  "cancel gather": 6,
  lock: 8,
  semaphore: 10,
  event: 4,
  condition: 4,
  barrier: 4,
  barrier2: 8,
  queue: 11,
  "queue join": 3,
  "timeout 0": 2,
  future: 2,
  callback: 2,
};

const nop = coroutine(async () => 1);
const two = coroutine(async () => {
  await sleep(0);
  await sleep(0);
});
const fail = coroutine(async () => {
  throw new Error("x");
});
const asleep = coroutine(async () => await sleep(100));
const times = <T>(n: number, f: () => T): T[] => Array.from({ length: n }, f);

const programs: Record<string, () => unknown> = {
  sleep0: () => sleep(0),
  coro: () => nop(),
  task: () => createTask(nop()),
  "task two": () => createTask(two()),
  gather: async () => void (await gather(nop(), two(), nop())),
  "gather fail": async () => void (await gather(two(), fail())),
  "gather rexc": async () => void (await gather(two(), fail(), { returnExceptions: true })),
  "gather nested": async () => void (await gather(gather(nop()))),
  "wait_for coro": () => waitFor(two(), 10),
  "wait_for task": () => waitFor(createTask(two()), 10),
  "wait_for 0": () => waitFor(two(), 0),
  "wait_for task 0": () => waitFor(createTask(two()), 0),
  wait: () => wait([createTask(two()), createTask(nop())]),
  "wait first": () => wait([createTask(two()), createTask(nop())], { returnWhen: FIRST_COMPLETED }),
  shield: async () => await shield(two()),
  as_completed: async () => {
    for await (const task of asCompleted([two(), nop()])) await task;
  },
  taskgroup: () =>
    taskGroup(async (group) => {
      group.createTask(two());
      group.createTask(nop());
    }),
  "taskgroup fail": () =>
    taskGroup(async (group) => {
      group.createTask(two());
      group.createTask(fail());
    }),
  "taskgroup fail body": () =>
    taskGroup(async (group) => {
      group.createTask(fail());
      await sleep(100);
    }),
  "cancel sleeping": async () => {
    const task = createTask(sleep(100));
    await sleep(0);
    task.cancel();
    await task;
  },
  "cancel unstarted": async () => {
    const task = createTask(sleep(100));
    task.cancel();
    await task;
  },
  "cancel nested": async () => {
    const task = createTask(coroutine(async () => await createTask(sleep(100)))());
    await two();
    task.cancel();
    await task;
  },
  "cancel gather": async () => {
    const task = createTask(coroutine(async () => void (await gather(sleep(100), asleep())))());
    await two();
    task.cancel();
    await task;
  },
  lock: async () => {
    const lock = new Lock();
    await gather(...times(3, () => () => lock.with(() => sleep(0))));
  },
  semaphore: async () => {
    const semaphore = new Semaphore(2);
    await gather(...times(7, () => () => semaphore.with(() => sleep(0))));
  },
  event: async () => {
    const event = new Event();
    const tasks = times(3, () => createTask(event.wait()));
    await sleep(0);
    event.set();
    await gather(...tasks);
  },
  condition: async () => {
    const condition = new Condition();
    const tasks = times(3, () => createTask(condition.with(() => condition.wait())));
    await sleep(0);
    await condition.with(() => condition.notifyAll());
    await gather(...tasks);
  },
  barrier: async () => {
    const barrier = new Barrier(3);
    await gather(...times(3, () => barrier.wait()));
  },
  barrier2: async () => {
    const barrier = new Barrier(2);
    await gather(...times(6, () => barrier.wait()));
  },
  queue: async () => {
    const queue = new Queue<number>(2);
    const put = coroutine(async () => {
      for (let i = 0; i < 9; i++) await queue.put(i);
    });
    const get = coroutine(async () => {
      for (let i = 0; i < 9; i++) await queue.get();
    });
    await gather(put(), get());
  },
  "queue join": async () => {
    const queue = new Queue<number>();
    const get = coroutine(async () => {
      await queue.get();
      queue.taskDone();
    });
    times(3, () => createTask(get()));
    await sleep(0);
    for (let i = 0; i < 3; i++) queue.putNowait(i);
    await queue.join();
  },
  "timeout 0": () => timeout(0, () => sleep(10)),
  future: async () => {
    const future = new Future<number>();
    getRunningLoop().callSoon(() => future.setResult(1));
    await future;
  },
  callback: async () => {
    const first = new Future<number>();
    const second = new Future<number>();
    first.addDoneCallback(() => second.setResult(1));
    first.setResult(1);
    await second;
  },
};

test.each(Object.keys(turnsInCPython))("%s takes as many turns of the loop as in CPython", (name) =>
  virtually(async () => {
    let turns = 0;
    const ticker = createTask(async () => {
      for (;;) {
        turns++;
        await sleep(0);
      }
    });
    await sleep(0);
    const before = turns;
    const program = coroutine(async () => await programs[name]?.());
    await program().catch(() => {});
    const took = turns - before;
    ticker.cancel();
    expect(took).toBe(turnsInCPython[name]);
  }),
);
