import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { startLoop, stopLoop } from "../../../runtime/host.ts";
import {
  allTasks,
  coroutine,
  createTask,
  Event,
  gather,
  Lock,
  shield,
  sleep,
  type TaskTree,
  taskGroup,
  tasks,
  wait,
} from "../../../runtime/index.ts";
import { VirtualClock } from "../../../runtime/testing.ts";
import { checkXml } from "../../xml.ts";
import { cellCode } from "../calls/cell-code.ts";
import { failure, virtually } from "../virtually.ts";

/** Cancels all tasks but the current one, and waits for them. */
async function stopAll(): Promise<void> {
  const others = [...tasks()].filter(({ current }) => !current).map(({ task }) => task);
  for (const task of others) task.cancel();
  await gather(...others, { returnExceptions: true });
}

const outline = (tree: TaskTree) => [...tree].map(({ depth, name }) => `${"  ".repeat(depth)}${name}`);

describe("tasks()", () => {
  test("shows each task below the one that waits for it: state, age, what it waits for", async () => {
    await virtually(async function main() {
      tasks();
      const lock = new Lock();
      createTask(
        async () => {
          await gather(
            createTask(
              lock.with(() => sleep(2)),
              { name: "user" },
            ),
            createTask(
              lock.with(() => sleep(2)),
              { name: "posts" },
            ),
          );
        },
        { name: "both" },
      );
      await sleep(1.5);
      const born = createTask(coroutine(async function unborn() {})());
      expect(inspect(tasks()).replace(/Task-\d+/g, "Task-N")).toBe(
        [
          "Task-N main()  running  ← here",
          "both  waiting: 2 tasks  1.50s old",
          "├─ user  waiting: sleep, 0.50s left  1.50s old",
          "└─ posts  waiting: Lock.acquire  1.50s old",
          "Task-N unborn()  created  0.00s old",
        ].join("\n"),
      );
      await born;
      await stopAll();
    });
  });

  test("is data: each task with its state, age, waits and awaiters", async () => {
    await virtually(async () => {
      tasks();
      const leaf = createTask(sleep(3), { name: "leaf" });
      const waiter = createTask(() => leaf, { name: "waiter" });
      await sleep(1);
      const [here, ...others] = [...tasks()];
      expect(here).toMatchObject({ current: true, state: "running", waitsOn: null, awaitedBy: [] });
      expect(others).toMatchObject([
        { task: waiter, state: "waiting", waitsOn: "leaf", age: 1, left: null, depth: 0 },
        { task: leaf, coroutine: "sleep", waitsOn: "sleep", left: 2, awaitedBy: [waiter], depth: 1 },
      ]);
      expect(new Set([...tasks()].map(({ task }) => task))).toEqual(allTasks());
      await waiter;
    });
  });

  test("sees through gathers, groups, waits and shields", async () => {
    await virtually(async () => {
      const named = (name: string) => createTask(sleep(5), { name });
      createTask(() => gather(gather(named("in gathers"))), { name: "gathers" });
      createTask(() => taskGroup(async (group) => void group.createTask(sleep(5), { name: "in group" })), {
        name: "group",
      });
      createTask(wait([named("in wait")]), { name: "waits" });
      createTask(async () => void (await shield(named("in shield"))), { name: "shields" });
      await sleep(1);
      expect(outline(tasks()).slice(1)).toEqual([
        "gathers",
        "  in gathers",
        "group",
        "  in group",
        "waits",
        "  in wait",
        "shields",
        "  in shield",
      ]);
      await stopAll();
    });
  });

  test("sees into hot functions of cells", async () => {
    const loop = startLoop();
    try {
      const event = new Event();
      const hot = await cellCode<() => Promise<void>>("async () => void (await event.wait())", { event });
      const task = loop.createTask(hot(), { name: "hot" });
      await sleep(0);
      expect([...tasks()]).toMatchObject([{ name: "hot", waitsOn: "Event.wait", age: expect.closeTo(0, 1) }]);
      event.set();
      await task;
      expect(`${tasks()}`).toBe("no tasks");
    } finally {
      stopLoop(loop);
    }
  });

  test("a task that two wait for is shown once, with both", async () => {
    await virtually(async () => {
      const shared = createTask(sleep(5), { name: "shared" });
      const both = ["one", "two"].map((name) => createTask(() => shield(shared), { name }));
      await sleep(1);
      expect(`${tasks()}`).toContain("└─ shared  waiting: sleep, 4.00s left  (awaited by one, two)");
      await gather(...both);
    });
  });

  test("a ring of tasks that wait for each other ends", async () => {
    const loop = startLoop({ clock: new VirtualClock() });
    try {
      const ring: Promise<unknown>[] = [];
      ring.push(createTask(async () => void (await ring[1]), { name: "a" }));
      ring.push(createTask(async () => void (await ring[0]), { name: "b" }));
      await sleep(1);
      expect(outline(tasks())).toEqual(["a", "  b"]);
      expect([...tasks()].map(({ awaitedBy }) => awaitedBy.map(({ name }) => name))).toEqual([["b"], ["a"]]);
    } finally {
      stopLoop(loop);
    }
  });

  test("ready and cancelling tasks say so", async () => {
    await virtually(async () => {
      const event = new Event();
      const woken = createTask(event.wait(), { name: "woken" });
      const slow = createTask(
        async () => {
          try {
            await sleep(9);
          } finally {
            await sleep(1);
          }
        },
        { name: "slow" },
      );
      await sleep(1);
      slow.cancel();
      event.set();
      expect([...tasks()].slice(1).map(({ state }) => state)).toEqual(["ready", "cancelling"]);
      await failure(gather(woken, slow));
    });
  });

  test("in a cell it is a table, whose names are escaped", async () => {
    await virtually(async () => {
      createTask(sleep(1), { name: `<img src=x onerror="alert('1 & 2')">` });
      const tree = tasks();
      const bundle = await (
        Reflect.get(tree, Symbol.for("Jupyter.display")) as () => Promise<Record<string, string>>
      ).call(tree);
      expect(bundle["text/plain"]).toBe(`${tree}`);
      const html = bundle["text/html"] ?? "";
      expect(checkXml(html).slice(0, 3)).toEqual(["table", "caption", "thead"]);
      expect(html).toContain("&lt;img src=x onerror=&quot;alert(&#39;1 &amp; 2&#39;)&quot;&gt;");
      expect(html.match(/aria-current="true"/g)).toHaveLength(1);
    });
  });

  test("ten thousand tasks are read in a moment; five hundred are shown", async () => {
    await virtually(async () => {
      createTask(() => gather(...Array.from({ length: 10_000 }, () => sleep(1))), { name: "all" });
      await sleep(0.5);
      const tree = tasks();
      expect(tree.size).toBe(10_002);
      expect(`${tree}`.split("\n").at(-1)).toBe("… and 9502 more tasks");
      await stopAll();
    });
  });

  test("throws outside of a running loop", () => {
    expect(() => tasks()).toThrow("no running event loop");
  });
});
