// The smallest complete program: a coroutine, and `run` to start everything.

import { coroutine, run, sleep } from "loopbook";

const main = coroutine(async function main() {
  console.log("Starting...");
  await sleep(1);
  console.log("Done!");
});

await run(main());
