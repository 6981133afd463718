// `npm run check:unused`: where knip begins. What is reached from nowhere here, and from no test, script or setting that knip
// knows, is unused.

import { readFileSync } from "node:fs";
import type { KnipConfig } from "knip";
import { ownNames } from "./checks/own-names.ts";

const exported = ownNames(readFileSync("package.json", "utf8")).values();

export default {
  entry: [
    ...new Set(exported),
    "install.js",
    ".ci/summary.js",
    "bench/{kernels,runtime}.js",
    "bench/*.ts",
    "bench/runtime/{run,worker}.mjs",
    "bench/runtime/columns/*.mjs",
    "cli/main.ts",
    "cli/export/assets/*.js",
    "kernel/main.ts",
    "kernel/io/worker.ts",
    "notebooks/*.ts",
    "notebooks/scripts/*.ts",
    // Processes that tests start.
    "test/kernel/io/spinning-main.ts",
    "test/kernel/session/session-child.ts",
  ],
  project: ["**/*.{ts,js,mjs}"],
  ignoreBinaries: ["mkfifo"],
} satisfies KnipConfig;
