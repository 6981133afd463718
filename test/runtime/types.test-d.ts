/** What TypeScript knows about the runtime; checked by `npm run check`. Nothing here runs. */
import { expectTypeOf } from "vitest";
import {
  type AsCompleted,
  asCompleted,
  ContextVar,
  type Coroutine,
  type CoroutineFunction,
  coroutine,
  createTask,
  currentTask,
  ensureFuture,
  Future,
  gather,
  type Held,
  Lock,
  PriorityQueue,
  Queue,
  Runner,
  run,
  Semaphore,
  shield,
  sleep,
  type Task,
  type TaskGroup,
  type Timeout,
  taskGroup,
  timed,
  timeout,
  timeoutAt,
  toThread,
  wait,
  waitFor,
} from "../../runtime/index.ts";

const load = coroutine(async (id: number, fresh?: boolean) => ({ id, fresh: fresh === true }));
const name = coroutine(async () => "Ada");
declare const number: Promise<number>;
declare const task: Task<boolean>;
declare const many: Coroutine<string>[];

export async function coroutines() {
  // A coroutine function keeps its parameters, and its result without the promise.
  expectTypeOf(load).toExtend<CoroutineFunction<[id: number, fresh?: boolean], { id: number; fresh: boolean }>>();
  expectTypeOf(load(1)).toEqualTypeOf<Coroutine<{ id: number; fresh: boolean }>>();
  expectTypeOf(await load(1, true)).toEqualTypeOf<{ id: number; fresh: boolean }>();
  expectTypeOf(coroutine(() => 1)()).toEqualTypeOf<Coroutine<number>>();
  // @ts-expect-error: a parameter is missing
  load();
  // @ts-expect-error: a parameter is of another type
  load("1");
}

export async function tasks() {
  expectTypeOf(createTask(name())).toEqualTypeOf<Task<string>>();
  expectTypeOf(createTask(() => name())).toEqualTypeOf<Task<string>>();
  expectTypeOf(createTask(async () => 1)).toEqualTypeOf<Task<number>>();
  expectTypeOf(createTask(number, { name: "n", eager: true })).toEqualTypeOf<Task<number>>();
  expectTypeOf(await task).toEqualTypeOf<boolean>();
  expectTypeOf(task.result()).toEqualTypeOf<boolean>();
  expectTypeOf(task.exception()).toBeUnknown();
  expectTypeOf(task.signal).toEqualTypeOf<AbortSignal>();
  expectTypeOf(currentTask()).toEqualTypeOf<Task | null>();
  task.addDoneCallback((done) => expectTypeOf(done.result()).toEqualTypeOf<boolean>());
  // @ts-expect-error: nothing to await
  createTask(1);
  // @ts-expect-error: no such option
  createTask(name(), { context: {} });
}

export async function futures() {
  const future = new Future<number>();
  future.setResult(1);
  // @ts-expect-error: another type
  future.setResult("1");
  expectTypeOf(await future).toEqualTypeOf<number>();
  expectTypeOf(ensureFuture(name())).toEqualTypeOf<Future<string>>();
  expectTypeOf(shield(name())).toEqualTypeOf<Future<string>>();
}

export async function gathering() {
  // gather keeps the tuple.
  expectTypeOf(await gather(name(), number, task, () => sleep(1, null))).toEqualTypeOf<
    [string, number, boolean, null]
  >();
  expectTypeOf(gather(name(), number)).toEqualTypeOf<Future<[string, number]>>();
  expectTypeOf(await gather()).toEqualTypeOf<[]>();
  expectTypeOf(await gather(...many)).toEqualTypeOf<string[]>();
  // With returnExceptions each place may hold an error.
  expectTypeOf(await gather(name(), number, { returnExceptions: true })).toEqualTypeOf<
    [string | Error, number | Error]
  >();
  expectTypeOf(await gather(name(), { returnExceptions: false })).toEqualTypeOf<[string]>();
  // @ts-expect-error: nothing to await
  gather(name(), 1);
}

export async function waiting() {
  const [done, pending] = await wait([task]);
  expectTypeOf(done).toEqualTypeOf<Set<Task<boolean>>>();
  expectTypeOf(pending).toEqualTypeOf<Set<Task<boolean>>>();
  // What is no future becomes one.
  expectTypeOf((await wait([name(), name()]))[0]).toEqualTypeOf<Set<Future<string>>>();
  await wait(new Set([task]), { timeout: 1, returnWhen: "FIRST_COMPLETED" });
  // @ts-expect-error: no such mode
  await wait([task], { returnWhen: "FIRST" });
  // @ts-expect-error: a task in place of a list
  await wait(task);

  expectTypeOf(await waitFor(name(), 3)).toEqualTypeOf<string>();
  expectTypeOf(await waitFor(() => number, null)).toEqualTypeOf<number>();
  // @ts-expect-error: without a time
  waitFor(name());

  expectTypeOf(asCompleted([task])).toEqualTypeOf<AsCompleted<Task<boolean>>>();
  // It is the task, but TypeScript takes what `for await` gives for awaited already.
  for await (const earliest of asCompleted([task])) expectTypeOf(await earliest).toEqualTypeOf<boolean>();
  for (const earliest of asCompleted([task])) expectTypeOf(await earliest).toEqualTypeOf<boolean>();
}

export async function blocks() {
  const limited = timeout(1, async (limit) => {
    expectTypeOf(limit).toEqualTypeOf<Timeout>();
    return "in time";
  });
  expectTypeOf(await limited).toEqualTypeOf<string>();
  expectTypeOf(await timeoutAt(null, () => 1)).toEqualTypeOf<number>();
  expectTypeOf(timeout(1)).toEqualTypeOf<Timeout>();

  const grouped = taskGroup(async (group) => {
    expectTypeOf(group).toEqualTypeOf<TaskGroup>();
    const child = group.createTask(load(1), { name: "load" });
    expectTypeOf(child).toEqualTypeOf<Task<{ id: number; fresh: boolean }>>();
    return (await child).id;
  });
  expectTypeOf(await grouped).toEqualTypeOf<number>();
  // @ts-expect-error: seconds are a number
  timeout("1", async () => {});
}

export async function locks() {
  const lock = new Lock();
  expectTypeOf(await lock.acquire()).toEqualTypeOf<Held>();
  expectTypeOf(await lock.with(async () => "inside")).toEqualTypeOf<string>();
  expectTypeOf(await new Semaphore(2).with(() => 1)).toEqualTypeOf<number>();
  // @ts-expect-error: no such argument
  new Lock(1);
}

export async function queues() {
  const queue = new Queue<string>(10);
  expectTypeOf(await queue.get()).toEqualTypeOf<string>();
  expectTypeOf(queue.getNowait()).toEqualTypeOf<string>();
  for await (const item of queue) expectTypeOf(item).toEqualTypeOf<string>();
  await queue.put("item");
  // @ts-expect-error: an item of another type
  await queue.put(1);
  // @ts-expect-error: an item of another type
  queue.putNowait(null);
  const byPriority = new PriorityQueue<[number, string]>();
  expectTypeOf(await byPriority.get()).toEqualTypeOf<[number, string]>();
}

export async function others() {
  expectTypeOf(await sleep(1)).toEqualTypeOf<void>();
  expectTypeOf(await sleep(1, "rested")).toEqualTypeOf<string>();
  expectTypeOf(await run(name())).toEqualTypeOf<string>();
  expectTypeOf(await new Runner().run(() => number)).toEqualTypeOf<number>();
  expectTypeOf(await toThread((a: number, b: string) => b.repeat(a), 2, "x")).toEqualTypeOf<string>();
  // @ts-expect-error: an argument of another type
  toThread((a: number) => a, "2");
  expectTypeOf(await timed("load", () => load(1))).toEqualTypeOf<{ id: number; fresh: boolean }>();
  expectTypeOf(new ContextVar<number>("n").get()).toEqualTypeOf<number>();
}
