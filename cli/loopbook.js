#!/usr/bin/env node
// The `loopbook` command. Starts under any Node from 20 on and hands over to the pinned engine.

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { fileURLToPath } from "node:url";
import { findEngine, isCurrent, NoEngineError } from "./engine.js";

const entry = new URL("../dist/cli/main.js", import.meta.url);

if (!existsSync(entry)) {
  console.error("Loopbook is not built: dist/cli/main.js is missing. Run `npm run build` first.");
  process.exitCode = 1;
} else {
  await start();
}

async function start() {
  try {
    const engine = findEngine();
    if (isCurrent(engine)) await import(entry.href);
    else handOver(engine);
  } catch (error) {
    if (!(error instanceof NoEngineError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

/** @param {string} engine */
function handOver(engine) {
  const child = spawn(engine, [fileURLToPath(entry), ...process.argv.slice(2)], { stdio: "inherit" });
  // A terminal's Ctrl-C reaches the whole process group: the child has its own and must not get a second.
  process.on("SIGINT", () => process.stdin.isTTY || child.kill("SIGINT"));
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  process.on("SIGHUP", () => child.kill("SIGHUP"));
  child.on("error", (error) => {
    console.error(`Cannot start ${engine}: ${error.message}`);
    process.exitCode = 1;
  });
  child.on("exit", (code, signal) => {
    process.exitCode = code ?? 128 + (signal ? (constants.signals[signal] ?? 0) : 0);
  });
}
