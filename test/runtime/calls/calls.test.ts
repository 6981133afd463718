import { AsyncLocalStorage } from "node:async_hooks";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { setInterruptCheck, startLoop, stopLoop } from "../../../runtime/host.ts";
import {
  CancelledError,
  ContextVar,
  checkpoint,
  createTask,
  currentTask,
  type EventLoop,
  gather,
  getRunningLoop,
  sleep,
  type Task,
  TimeoutError,
  waitFor,
} from "../../../runtime/index.ts";
import { failure, virtually } from "../virtually.ts";
import { cellCode } from "./cell-code.ts";

const lines: string[] = [];
const say = (line: string): void => void lines.push(`${line} ${getRunningLoop().time()}`);
beforeEach(() => lines.splice(0));

type Named = (name: string) => Promise<unknown>;

/** Two calls deep: what is awaited never ends, and cleaning up takes half a second. */
const deep = await cellCode<{ inner: Named; outer: Named }>(
  `{
    async inner(name) {
      try { say(name + " waits"); await new Promise(() => {}) }
      finally { await sleep(0.5); say(name + " cleaned up") }
    },
    async outer(name) { try { await this.inner(name) } finally { say(name + " left") } },
  }`,
  { say },
);

describe("an async function of a host's code", () => {
  test("starts when it is called, is an async function, and its promise is a plain one", () =>
    virtually(async () => {
      const add = await cellCode<(a: number, b: number) => Promise<number>>(
        "async function add(a, b) { say('adds'); if (a < 0) await null; return a + b }",
        { say },
      );
      const promise = add(3, 4);
      expect(lines).toEqual(["adds 0"]);
      expect([promise.constructor, Reflect.ownKeys(promise)]).toEqual([Promise, []]);
      expect([await promise, await createTask(add(1, 1)), await gather(add(1, 2), add(-3, 4))]).toEqual([7, 2, [3, 1]]);
      expect([add.name, add.length, add.constructor.name]).toEqual(["add", 2, "AsyncFunction"]);
    }));

  test("gives a task its name", () =>
    virtually(async () => {
      const brew = await cellCode<() => Promise<void>>("async function brew() { await sleep(1) }");
      expect(createTask(brew()).coroutineName).toBe("brew");
    }));

  test("goes on in the microtask in which JavaScript lets it where what it awaits is settled", async () => {
    const order: string[] = [];
    const code = `async (name) => { for (let i = 0; i < 3; i++) { await VALUE; order.push(name + i) } }`;
    const values = ["null", "Promise.resolve(i)", "settled", "(async () => i)()"];
    const expected: string[] = [];
    for (const value of values) {
      const source = code.replace("VALUE", value);
      const names = { order, settled: Promise.resolve() };
      const plain = new Function("order", "settled", `return ${source}`)(expected, names.settled);
      const own = await cellCode<Named>(source, names);
      await virtually(async () => {
        for (const run of [plain, own]) await Promise.all([run("a"), run("b")]);
      });
    }
    expect(order).toEqual(expected);
  });
});

describe("a cancel", () => {
  const CLEANED = (name: string, at: number): string[] => [`${name} cleaned up ${at}`, `${name} left ${at}`];

  test("of the task that adopted a call reaches its innermost await, and waits for its clean-up", () =>
    virtually(async () => {
      const task = createTask(deep.outer("x"));
      await sleep(1);
      task.cancel();
      expect(await failure(task)).toBeInstanceOf(CancelledError);
      expect(lines).toEqual(["x waits 0", ...CLEANED("x", 1.5)]);
    }));

  test("that comes before the call waits for anything is delivered there", () =>
    virtually(async () => {
      const f = await cellCode<() => Promise<void>>(
        "async () => { try { await null; await sleep(10) } finally { say('ended') } }",
        { say },
      );
      const task = createTask(f());
      task.cancel();
      await failure(task);
      expect(lines).toEqual(["ended 0"]);
    }));

  test("by waitFor, through gather, and by awaiting", () =>
    virtually(async () => {
      expect(await failure(waitFor(deep.outer("a"), 1))).toBeInstanceOf(TimeoutError);
      const both = createTask(async () => await gather(deep.outer("b"), deep.outer("c")));
      await sleep(0.5);
      both.cancel();
      await failure(both);
      expect(lines.toSorted()).toEqual(
        [
          "a waits 0",
          "b waits 1.5",
          "c waits 1.5",
          ...CLEANED("a", 1.5),
          ...CLEANED("b", 2.5),
          ...CLEANED("c", 2.5),
        ].toSorted(),
      );
    }));

  test.each([
    ["a call", "async () => deep.outer('x')"],
    ["in a block", "async () => { if (true) return deep.outer('x') }"],
    ["after an await", "async () => { await null; return deep.outer('x') }"],
    ["through a chain of them", "async () => (async () => (async () => deep.outer('x'))())()"],
  ])("reaches what was returned without an await: %s", (_name, code) =>
    virtually(async () => {
      const f = await cellCode<() => Promise<void>>(code, { deep });
      const task = createTask(f());
      await sleep(1);
      task.cancel();
      expect(await failure(task)).toBeInstanceOf(CancelledError);
      expect(lines).toEqual(["x waits 0", ...CLEANED("x", 1.5)]);
    }),
  );

  test("abandons a promise of the outside that was returned", () =>
    virtually(async () => {
      const f = await cellCode<() => Promise<void>>("async () => { await null; return new Promise(() => {}) }");
      const task = createTask(f());
      await sleep(1);
      task.cancel();
      expect(await failure(task)).toBeInstanceOf(CancelledError);
      expect(getRunningLoop().time()).toBe(1);
    }));

  test.each([
    [
      "default values that call async functions",
      "async (a = other(), { b = other() } = {}) => { await sleep(10); return [a, b] }",
    ],
    ["a rest parameter", "async (...rest) => { await sleep(10) }"],
    ["a method with super", "(class extends Base { async m() { await super.m(); await sleep(10) } }).prototype.m"],
    [
      "a private method",
      "async () => { class P { async #m() { await sleep(10) } m() { return this.#m() } } await new P().m() }",
    ],
    ["for await", "async () => { for await (const x of ticks()) say(x) }"],
    [
      "await using",
      "async () => { await using r = { async [Symbol.asyncDispose]() { say('disposed') } }; await sleep(10) }",
    ],
    ["a thenable", "async () => { await { then() {} } }"],
  ])("reaches a function with %s", (_name, code) =>
    virtually(async () => {
      const names = {
        say,
        other: async () => {},
        ticks: async function* () {
          for (;;) {
            await sleep(1);
            yield "tick";
          }
        },
        Base: class {
          async m() {}
        },
      };
      const f = await cellCode<() => Promise<void>>(code, names);
      const task = createTask(f.call({ __proto__: {} }));
      await sleep(1.5);
      task.cancel();
      expect(await failure(task)).toBeInstanceOf(CancelledError);
      expect(getRunningLoop().time()).toBe(1.5);
    }),
  );

  test("of who waits for a call that belongs to another leaves the call alone", () =>
    virtually(async () => {
      const f = await cellCode<() => Promise<string>>("async () => { await sleep(2); return 'done' }");
      const second = await cellCode<Named>("async (shared) => await shared");
      const shared = f();
      const owner = createTask(shared);
      const other = createTask(second(shared as never));
      await sleep(1);
      other.cancel();
      expect(await failure(other)).toBeInstanceOf(CancelledError);
      expect([getRunningLoop().time(), await owner]).toEqual([1, "done"]);
    }));

  test("ends calls that wait for tasks in a ring", () =>
    virtually(async () => {
      const follow = await cellCode<(next: Task) => Promise<unknown>>("async (next) => await next");
      const tasks: Task[] = [0, 1].map((index) =>
        createTask(async () => {
          await sleep(1);
          await checkpoint(follow(tasks[1 - index] as Task));
        }),
      );
      await sleep(2);
      expect(tasks[0]?.cancel("enough")).toBe(true);
      for (const task of tasks) expect(String(await failure(task))).toBe("CancelledError: enough");
    }));

  test("reaches the innermost of calls nested 4,000 deep", () =>
    virtually(async () => {
      const f = await cellCode<(n: number) => Promise<number>>(
        "async function f(n) { return n && 1 + (await f(n - 1)) || await sleep(10) }",
      );
      const task = createTask(f(4000));
      await sleep(1);
      task.cancel();
      expect(await failure(task)).toBeInstanceOf(CancelledError);
    }));
});

describe("whose code a call is", () => {
  test("after its first await: that of the task that adopted it", () =>
    virtually(async () => {
      const name = await cellCode<(failing: boolean) => Promise<string>>(
        `async (failing) => {
          try { await (failing ? Promise.reject(new Error()) : sleep(0)) } catch {}
          return currentTask()?.name;
        }`,
      );
      expect(await createTask(name(false), { name: "adopter" })).toBe("adopter");
      expect(await createTask(name(true), { name: "adopter" })).toBe("adopter");
      expect(await name(false)).toBe(currentTask()?.name);
    }));

  test("its context variables are those of that task, and it changes nobody else's", () =>
    virtually(async () => {
      const user = new ContextVar<string>("user", { default: "nobody" });
      const f = await cellCode<(name: string) => Promise<string>>(
        "async (name) => { await sleep(0); user.set(name); await sleep(0); return user.get() }",
        { user },
      );
      expect(await gather(f("Ada"), f("Grace"))).toEqual(["Ada", "Grace"]);
      expect(user.get()).toBe("nobody");
    }));

  test("who calls it stays in its own async context", () =>
    virtually(async () => {
      const context = new AsyncLocalStorage<string>();
      const f = await cellCode<() => Promise<string | undefined>>(
        "async () => { await sleep(0); return context.getStore() }",
        { context },
      );
      const task = currentTask();
      const seen = context.run("inside", f);
      expect([context.getStore(), currentTask()]).toEqual([undefined, task]);
      expect(await seen).toBe("inside");
    }));

  test("a timeout inside one that nobody adopted cancels it, not its maker", () =>
    virtually(async () => {
      const f = await cellCode<() => Promise<void>>("async () => await timeout(1, () => sleep(10))");
      const floating = f();
      await sleep(3);
      expect(await failure(floating)).toBeInstanceOf(TimeoutError);
      expect(currentTask()?.cancelling()).toBe(0);
    }));
});

describe("an iteration", () => {
  test("can be cancelled, and returns its source", () =>
    virtually(async () => {
      async function* source() {
        try {
          yield 1;
          await sleep(100);
        } finally {
          say("returned");
        }
      }
      const f = await cellCode<() => Promise<void>>("async () => { for await (const x of source()) say(x) }", {
        source,
        say,
      });
      const task = createTask(f());
      await sleep(1);
      task.cancel();
      await failure(task);
      expect(lines).toEqual(["1 0", "returned 1"]);
    }));

  test("takes sync iterables of promises, and leaving it early calls return", () =>
    virtually(async () => {
      function* source() {
        try {
          yield Promise.resolve("a");
          yield "b";
        } finally {
          say("returned");
        }
      }
      const f = await cellCode<() => Promise<void>>(
        "async () => { for await (const x of source()) { say(x); if (x === 'b') break } }",
        { source, say },
      );
      await f();
      expect(lines).toEqual(["a 0", "b 0", "returned 0"]);
    }));
});

describe("outside of tasks", () => {
  let loop: EventLoop;
  beforeEach(() => {
    loop = startLoop();
  });
  afterEach(() => stopLoop(loop));

  test("a call waits as well, and a task can adopt it later", async () => {
    const f = await cellCode<() => Promise<string>>("async () => { await sleep(0.001); await null; return 'done' }");
    const floating = f();
    await sleep(0.005);
    expect(await createTask(floating)).toBe("done");
  });

  test("an interrupt ends a loop of awaits that are ready", async () => {
    let turns = 0;
    setInterruptCheck(() => (++turns > 1000 ? new Error("interrupted") : undefined));
    try {
      const spin = await cellCode<() => Promise<never>>("async () => { for (;;) await null }");
      expect(await failure(spin())).toEqual(new Error("interrupted"));
    } finally {
      setInterruptCheck(null);
    }
  });
});
