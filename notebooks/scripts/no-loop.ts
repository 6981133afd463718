// A task needs a loop that runs it. At the top level of a script there is none yet.

import { coroutine, createTask, run } from "loopbook";

const myCoroutine = coroutine(async function myCoroutine() {
  return "done";
});
const coro = myCoroutine();

try {
  createTask(coro);
} catch (error) {
  console.log(String(error));
}

// Inside of `run` there is one.
const main = coroutine(async function main() {
  const task = createTask(coro);
  console.log("inside of run:", await task);
});
await run(main());
