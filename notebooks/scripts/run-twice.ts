// Two ways to call `run` a second time, and what becomes of it.

import { coroutine, createTask, run, sleep, type Task } from "loopbook";

const job = coroutine(async function job(name: string) {
  await sleep(0.1);
  return `${name} is done`;
});

// Inside the program that the first `run` runs: there is a loop already.
const program = coroutine(async function program() {
  return await run(job("the inner job"));
});
try {
  console.log(await run(program()));
} catch (error) {
  console.log(String(error));
}

// After it: each `run` has a loop of its own, and cancels what is unfinished in it when it ends.
let unfinished: Task<string>;
await run(async () => {
  unfinished = createTask(job("the background job"));
});
try {
  console.log(await run(() => unfinished));
} catch (error) {
  console.log(String(error));
}
