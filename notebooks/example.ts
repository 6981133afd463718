// All of lesson 5 in one program. The lesson has it as a cell; run it with `node example.ts`.

import { blockingSleep, coroutine, createTask, gather, getRunningLoop, run, sleep, toThread } from "loopbook";

/** An order in a restaurant, or anything else that takes a while because others do it. */
const order = coroutine(async function order(dish: string, seconds: number) {
  await sleep(seconds);
  return dish;
});

/** The same with a mistake in it: it stops everything. */
const blockingOrder = coroutine(async function blockingOrder(dish: string, seconds: number) {
  blockingSleep(seconds);
  return dish;
});

/** Pure computing: the remainders of the first squares when they are divided by 7, added up. */
function remainders(limit: number): number {
  let sum = 0;
  for (let n = 0; n < limit; n++) sum += (n * n) % 7;
  return sum;
}

type Order = typeof order;

/** Cut to tenths of a second: a sleep is never too short, but may be a little too long. */
const tenths = (seconds: number) => `${(Math.floor(seconds * 10 + 0.1) / 10).toFixed(1)} s`;

/** A line of the table: the same orders one after another, and all at once. */
async function compareOrders(label: string, place: Order, times: number[]): Promise<string> {
  const { clock } = getRunningLoop();
  const start = clock.time();
  for (const seconds of times) await place("dish", seconds);
  const between = clock.time();
  await gather(...times.map((seconds) => place("dish", seconds)));
  const inARow = between - start;
  const together = clock.time() - between;
  const gain = `${Math.round(inARow / together)}x`;
  return `${label.padEnd(32)} ${tenths(inARow)}     ${tenths(together)}     ${gain}`;
}

const exampleMain = coroutine(async function exampleMain() {
  console.log("--- A coroutine runs when it is awaited ---");
  const soup = order("soup", 0.1);
  console.log("ordered:", soup.state);
  console.log("awaited:", await soup);

  console.log("--- A task runs in the background ---");
  const salad = createTask(order("salad", 0.1));
  console.log("laying the table in the meantime");
  console.log("served:", await salad);

  console.log("--- gather collects results, in the order of its arguments ---");
  const [bread, cheese] = await gather(order("bread", 0.2), order("cheese", 0.1));
  console.log("served:", bread, "and", cheese);

  console.log("--- Computing belongs in another thread ---");
  const [sum, coffee] = await gather(toThread(remainders, 10_000_000), order("coffee", 0.1));
  console.log("computed:", sum, "| served:", coffee);

  console.log("--- What it saves ---");
  console.log("                                 in a row  at once  gain");
  console.log(await compareOrders("three orders of 0.2 s", order, [0.2, 0.2, 0.2]));
  console.log(await compareOrders("orders of 0.4, 0.2 and 0.2 s", order, [0.4, 0.2, 0.2]));
  console.log(await compareOrders("three that block, of 0.2 s", blockingOrder, [0.2, 0.2, 0.2]));
});

if (import.meta.main) await run(exampleMain());
