import { inspect } from "node:util";
import { expect } from "vitest";
import {
  CancelledError,
  createTask,
  Event,
  getRunningLoop,
  LifoQueue,
  PriorityQueue,
  Queue,
  QueueEmpty,
  QueueFull,
  QueueShutDown,
  TimeoutError,
  taskGroup,
  ValueError,
  waitFor,
} from "../../../runtime/index.ts";
import { failure, port, portOutside, turns } from "./port.ts";

// ---- Basics

port("QueueBasicTests.test_repr", "shows its items and who waits", async () => {
  const queue = new Queue<number>(1);
  expect(inspect(queue)).toBe("<Queue maxsize=1>");
  const getter = createTask(queue.get());
  await turns();
  expect(inspect(queue)).toContain("getters[1]");
  queue.putNowait(0);
  expect(await getter).toBe(0);
  queue.putNowait(1);
  expect(inspect(queue)).toContain("items=[ 1 ]");
  const putter = createTask(queue.put(2));
  await turns();
  expect(inspect(queue)).toContain("putters[1]");
  queue.getNowait();
  await putter;
});

port("QueueBasicTests.test_empty", "knows when it is empty", async () => {
  const queue = new Queue<number>();
  expect(queue.empty()).toBe(true);
  await queue.put(1);
  expect(queue.empty()).toBe(false);
  expect(await queue.get()).toBe(1);
  expect(queue.empty()).toBe(true);
});

port("QueueBasicTests.test_full", "knows when it is full", async () => {
  expect(new Queue().full()).toBe(false);
  const queue = new Queue<number>(1);
  await queue.put(1);
  expect(queue.full()).toBe(true);
});

port("QueueBasicTests.test_order", "is first in, first out", async () => {
  expect(await throughA(new Queue<number>())).toEqual([1, 3, 2]);
});

port("QueueBasicTests.test_maxsize", "put waits while it is full", async () => {
  const queue = new Queue<number>(2);
  expect(queue.maxsize).toBe(2);
  const put: number[] = [];
  const task = createTask(async () => {
    for (const i of [0, 1, 2]) {
      await queue.put(i);
      put.push(i);
    }
    return true;
  });
  await turns(2);
  expect(put).toEqual([0, 1]);
  expect(await queue.get()).toBe(0);
  await turns();
  expect(put).toEqual([0, 1, 2]);
  expect([await queue.get(), await queue.get()]).toEqual([1, 2]);
  expect(task.result()).toBe(true);
});

/** Puts 1, 3, 2 in and takes three out. */
async function throughA(queue: Queue<number>): Promise<number[]> {
  for (const i of [1, 3, 2]) await queue.put(i);
  return [await queue.get(), await queue.get(), await queue.get()];
}

// ---- get

port("QueueGetTests.test_blocking_get", "takes what is there", async () => {
  const queue = new Queue<number>();
  queue.putNowait(1);
  expect(await queue.get()).toBe(1);
});

port("QueueGetTests.test_get_with_putters", "wakes one who waits to put", async () => {
  const queue = new Queue<number>(1);
  queue.putNowait(1);
  const putters = [createTask(queue.put(2)), createTask(queue.put(3))];
  await turns();
  expect(await queue.get()).toBe(1);
  await turns();
  expect(putters.map((task) => task.done())).toEqual([true, false]);
  queue.getNowait();
  await turns();
});

port("QueueGetTests.test_blocking_get_wait", "waits for an item that comes later", async () => {
  const queue = new Queue<number>();
  const started = new Event();
  let finished = false;
  const getter = createTask(async () => {
    started.set();
    const item = await queue.get();
    finished = true;
    return item;
  });
  await started.wait();
  expect(finished).toBe(false);
  getRunningLoop().callLater(0.01, () => queue.putNowait(1));
  expect(await getter).toBe(1);
  expect(finished).toBe(true);
});

portOutside("QueueGetTests.test_nonblocking_get", "getNowait takes what is there", () => {
  const queue = new Queue<number>();
  queue.putNowait(1);
  expect(queue.getNowait()).toBe(1);
});

portOutside("QueueGetTests.test_nonblocking_get_exception", "getNowait of nothing is QueueEmpty", () => {
  expect(() => new Queue().getNowait()).toThrow(QueueEmpty);
});

port("QueueGetTests.test_get_cancelled_race", "an item goes past a cancelled getter", async () => {
  const queue = new Queue<string>();
  const [t1, t2] = [createTask(queue.get()), createTask(queue.get())];
  await turns();
  t1.cancel();
  await turns();
  expect(t1.done()).toBe(true);
  await queue.put("a");
  await turns();
  expect(await t2).toBe("a");
});

port("QueueGetTests.test_get_with_waiting_putters", "putters are served in the order of arrival", async () => {
  const queue = new Queue<string>(1);
  createTask(queue.put("a"));
  createTask(queue.put("b"));
  expect([await queue.get(), await queue.get()]).toEqual(["a", "b"]);
});

port("QueueGetTests.test_why_are_getters_waiting", "a queue of one hands on a stream of items", async () => {
  const queue = new Queue<number>(1);
  const got: number[] = [];
  await taskGroup((group) => {
    group.createTask(async () => {
      for (let i = 0; i < 5; i++) await queue.put(i);
    });
    group.createTask(async () => {
      for (let i = 0; i < 5; i++) got.push(await queue.get());
    });
  });
  expect(got).toEqual([0, 1, 2, 3, 4]);
});

port(
  "QueueGetTests.test_cancelled_getters_not_being_held_in_self_getters",
  "a get that timed out leaves no getter",
  async () => {
    const queue = new Queue(5);
    expect(await failure(waitFor(queue.get(), 0.1))).toBeInstanceOf(TimeoutError);
    expect(inspect(queue)).toBe("<Queue maxsize=5>");
  },
);

// ---- put

port("QueuePutTests.test_blocking_put", "put into an unbounded one does not wait", async () => {
  const queue = new Queue<number>();
  await queue.put(1);
  expect(await queue.get()).toBe(1);
});

port("QueuePutTests.test_blocking_put_wait", "put waits until there is room", async () => {
  const queue = new Queue<number>(1);
  const started = new Event();
  let finished = false;
  getRunningLoop().callLater(0.01, () => queue.getNowait());
  const putter = createTask(async () => {
    started.set();
    await queue.put(1);
    await queue.put(2);
    finished = true;
  });
  await started.wait();
  expect(finished).toBe(false);
  await putter;
  expect([finished, getRunningLoop().time()]).toEqual([true, 0.01]);
});

portOutside("QueuePutTests.test_nonblocking_put", "putNowait puts at once", () => {
  const queue = new Queue<number>();
  queue.putNowait(1);
  expect(queue.getNowait()).toBe(1);
});

port("QueuePutTests.test_get_cancel_drop_one_pending_reader", "a cancelled reader drops no item", async () => {
  const queue = new Queue<number>();
  const reader = createTask(queue.get());
  await turns();
  queue.putNowait(1);
  queue.putNowait(2);
  reader.cancel();
  expect(await failure(reader)).toBeInstanceOf(CancelledError);
  expect(await queue.get()).toBe(1);
});

port("QueuePutTests.test_get_cancel_drop_many_pending_readers", "the others get all items", async () => {
  const queue = new Queue<number>();
  const results = await taskGroup(async (group) => {
    const [r1, r2, r3] = [
      group.createTask(queue.get()),
      group.createTask(queue.get()),
      group.createTask(queue.get()),
    ] as const;
    await turns();
    queue.putNowait(1);
    queue.putNowait(2);
    r1.cancel();
    expect(await failure(r1)).toBeInstanceOf(CancelledError);
    return [await r2, await r3];
  });
  expect(results.sort()).toEqual([1, 2]);
});

port("QueuePutTests.test_put_cancel_drop", "a cancelled put puts nothing", async () => {
  const queue = new Queue<number>(1);
  queue.putNowait(1);
  const writer = createTask(queue.put(2));
  await turns();
  expect(queue.getNowait()).toBe(1);
  writer.cancel();
  expect(await failure(writer)).toBeInstanceOf(CancelledError);
  expect(queue.qsize()).toBe(0);
  await createTask(queue.put(2));
  expect(queue.getNowait()).toBe(2);
});

portOutside("QueuePutTests.test_nonblocking_put_exception", "putNowait into a full one is QueueFull", () => {
  const queue = new Queue<number>(1);
  queue.putNowait(1);
  expect(() => queue.putNowait(2)).toThrow(QueueFull);
});

port("QueuePutTests.test_float_maxsize", "a bound of 1.3 holds two", async () => {
  const queue = new Queue<number>(1.3);
  queue.putNowait(1);
  await queue.put(2);
  expect(queue.full()).toBe(true);
  expect(() => queue.putNowait(3)).toThrow(QueueFull);
});

port("QueuePutTests.test_put_cancelled", "a put that need not wait ends with its item taken", async () => {
  const queue = new Queue<number>();
  const task = createTask(async () => {
    await queue.put(1);
    return true;
  });
  expect(await queue.get()).toBe(1);
  expect(task.result()).toBe(true);
});

port("QueuePutTests.test_put_cancelled_race", "room goes past a cancelled putter", async () => {
  const queue = new Queue<string>(1);
  const [a, b, c] = ["a", "b", "X"].map((item) => createTask(() => queue.put(item)));
  await turns();
  expect([a?.done(), b?.done()]).toEqual([true, false]);
  c?.cancel();
  await turns();
  expect(c?.done()).toBe(true);
  expect(queue.getNowait()).toBe("a");
  await turns();
  expect(queue.getNowait()).toBe("b");
  await b;
});

port("QueuePutTests.test_put_with_waiting_getters", "put wakes a getter", async () => {
  const queue = new Queue<string>();
  const getter = createTask(queue.get());
  await turns();
  await queue.put("a");
  expect(await getter).toBe("a");
});

port("QueuePutTests.test_why_are_putters_waiting", "room for two lets two putters in", async () => {
  const queue = new Queue<number>(2);
  await taskGroup((group) => {
    group.createTask(async () => {
      await turns();
      for (let left = queue.qsize(); left > 0; left--) queue.getNowait();
    });
    for (let i = 0; i < 4; i++) group.createTask(() => queue.put(i));
  });
  expect([queue.getNowait(), queue.getNowait()]).toEqual([2, 3]);
});

port(
  "QueuePutTests.test_cancelled_puts_not_being_held_in_self_putters",
  "a cancelled put leaves no putter",
  async () => {
    const queue = new Queue<number>(1);
    queue.putNowait(1);
    const putter = createTask(queue.put(1));
    await turns();
    expect(inspect(queue)).toContain("putters[1]");
    putter.cancel();
    expect(await failure(putter)).toBeInstanceOf(CancelledError);
    expect(inspect(queue)).not.toContain("putters");
  },
);

port(
  "QueuePutTests.test_cancelled_put_silence_value_error_exception",
  "a put cancelled after its wake-up is a CancelledError",
  async () => {
    const queue = new Queue<number>(1);
    queue.putNowait(1);
    const putter = createTask(queue.put(1));
    await turns();
    queue.getNowait();
    putter.cancel();
    expect(await failure(putter)).toBeInstanceOf(CancelledError);
  },
);

// ---- Orders

port("LifoQueueTests.test_order", "is last in, first out", async () => {
  expect(await throughA(new LifoQueue<number>())).toEqual([2, 3, 1]);
});

port("PriorityQueueTests.test_order", "gives the smallest first", async () => {
  expect(await throughA(new PriorityQueue<number>())).toEqual([1, 2, 3]);
});

// ---- join and shutdown, of all three

for (const QueueClass of [Queue, LifoQueue, PriorityQueue]) {
  const { name } = QueueClass;

  portOutside(`${name}JoinTests.test_task_done_underflow`, "taskDone without a task is a ValueError", () => {
    expect(() => new QueueClass().taskDone()).toThrow(ValueError);
  });

  port(`${name}JoinTests.test_task_done`, "join waits until all items were worked on", async () => {
    const queue = new QueueClass<number>();
    for (let i = 0; i < 100; i++) queue.putNowait(i);
    let [sum, running] = [0, true];
    await taskGroup(async (group) => {
      for (let worker = 0; worker < 2; worker++) {
        group.createTask(async () => {
          while (running) {
            sum += await queue.get();
            queue.taskDone();
          }
        });
      }
      await queue.join();
      expect(sum).toBe(4950);
      running = false;
      queue.putNowait(0);
      queue.putNowait(0);
    });
  });

  port(`${name}JoinTests.test_join_empty_queue`, "join of an empty one returns, twice", async () => {
    const queue = new QueueClass();
    await queue.join();
    await queue.join();
    expect(getRunningLoop().time()).toBe(0);
  });

  port(`${name}JoinTests.test_format`, "shows the unfinished tasks", () => {
    const queue = new QueueClass<number>();
    expect(inspect(queue)).toBe(`<${name} maxsize=0>`);
    for (const i of [1, 2]) queue.putNowait(i);
    for (const _ of [1, 2]) queue.getNowait();
    expect(inspect(queue)).toBe(`<${name} maxsize=0 tasks=2>`);
  });

  const expectShutDown = async (queue: Queue<string>): Promise<void> => {
    expect(await failure(queue.put("data"))).toBeInstanceOf(QueueShutDown);
    expect(() => queue.putNowait("data")).toThrow(QueueShutDown);
    expect(await failure(queue.get())).toBeInstanceOf(QueueShutDown);
    expect(() => queue.getNowait()).toThrow(QueueShutDown);
  };

  port(`${name}ShutdownTests.test_format`, "shows that it is shut down", () => {
    const queue = new QueueClass();
    queue.shutdown();
    expect(inspect(queue)).toBe(`<${name} maxsize=0 shutdown>`);
  });

  port(`${name}ShutdownTests.test_shutdown_empty`, "wakes who waits to get, and ends join", async () => {
    const queue = new QueueClass<string>();
    const getter = createTask(queue.get());
    await turns();
    queue.shutdown();
    await queue.join();
    await turns();
    expect(getter.done()).toBe(true);
    expect(await failure(getter)).toBeInstanceOf(QueueShutDown);
    await expectShutDown(queue);
  });

  port(`${name}ShutdownTests.test_shutdown_nonempty`, "what is in it can still be taken", async () => {
    const queue = new QueueClass<string>(1);
    queue.putNowait("data");
    const joined = createTask(queue.join());
    const putter = createTask(queue.put("data2"));
    await turns();
    expect(putter.done()).toBe(false);
    queue.shutdown();
    expect(queue.qsize()).toBe(1);
    await turns();
    expect(putter.done()).toBe(true);
    expect(await failure(putter)).toBeInstanceOf(QueueShutDown);
    expect(await queue.get()).toBe("data");
    await turns();
    expect(joined.done()).toBe(false);
    await expectShutDown(queue);
    queue.taskDone();
    await turns();
    expect(joined.done()).toBe(true);
    expect(() => queue.taskDone()).toThrow(ValueError);
  });

  port(`${name}ShutdownTests.test_shutdown_immediate`, "immediate drops the items, and join ends", async () => {
    const queue = new QueueClass<string>();
    queue.putNowait("data");
    const joined = createTask(queue.join());
    await turns();
    queue.shutdown({ immediate: true });
    expect(queue.qsize()).toBe(0);
    await turns();
    expect(joined.done()).toBe(true);
    await expectShutDown(queue);
    expect(() => queue.taskDone()).toThrow(ValueError);
  });

  port(
    `${name}ShutdownTests.test_shutdown_immediate_with_unfinished`,
    "join still waits for the items that were taken before",
    async () => {
      const queue = new QueueClass<string>();
      queue.putNowait("data");
      queue.putNowait("data");
      const joined = createTask(queue.join());
      expect(await queue.get()).toBe("data");
      queue.shutdown({ immediate: true });
      expect(queue.qsize()).toBe(0);
      await turns();
      expect(joined.done()).toBe(false);
      await expectShutDown(queue);
      queue.taskDone();
      expect(() => queue.taskDone()).toThrow(ValueError);
      await turns();
      expect(joined.done()).toBe(true);
    },
  );
}
