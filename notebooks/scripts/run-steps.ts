// What `run` does, told by its loop: the events of the tasks, and whether the loop is there and open.

import { channel } from "node:diagnostics_channel";
import { coroutine, type EventLoop, getRunningLoop, run, sleep, type Task } from "loopbook";

for (const event of ["created", "started", "suspended", "resumed", "done"]) {
  channel(`loopbook:task:${event}`).subscribe((message) => {
    const { task } = message as { task: Task };
    console.log(`   loop: ${task.coroutineName}() is ${event}`);
  });
}

let loop = null as EventLoop | null;

const compute = coroutine(async function compute() {
  loop = getRunningLoop();
  console.log("2. inside; the loop is closed:", loop.closed);
  await sleep(1);
  return 42;
});

try {
  getRunningLoop();
} catch (error) {
  console.log(`1. before run: ${error}`);
}

const result = await run(compute());

console.log("3. after run; the loop is closed:", loop?.closed);
console.log("4. what compute() returned is here");
console.log(`Result: ${result}`);
