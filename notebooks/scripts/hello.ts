// A whole program: `run` starts the loop, runs one coroutine to its end, and stops the loop again.

import { coroutine, run, sleep } from "loopbook";

const sayHello = coroutine(async function sayHello() {
  console.log("Hello...");
  await sleep(1);
  console.log("World!");
});

await run(sayHello());
