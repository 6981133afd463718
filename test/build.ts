// Some tests start the built kernel, so dist/ must be what the sources say, also where vitest was started by hand.

import { execFileSync } from "node:child_process";

export default function build(): void {
  execFileSync(process.execPath, ["build.js", "--if-stale"], { stdio: "inherit" });
}
