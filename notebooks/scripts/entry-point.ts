// The usual shape of an asynchronous program: everything in `main`, and one call of `run`.

import { coroutine, run, sleep } from "loopbook";

const main = coroutine(async function main() {
  console.log("Running async code");
  await sleep(1);
  console.log("Done!");
});

await run(main());
