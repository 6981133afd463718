// Shows each test of a Python unittest module as a test of vitest.

import { execFileSync, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { beforeAll, expect, test } from "vitest";
import * as z from "zod";
import { clientEnv, describeWithClients } from "./clients.ts";

const folder = new URL("python/", import.meta.url);

const lineSchema = z.object({
  test: z.string().optional(),
  setup: z.string().optional(),
  problem: z.string().nullish(),
  skipped: z.string().nullish(),
});

type Line = z.infer<typeof lineSchema>;

/** Registers the tests of `python/MODULE.py`; they run in one process, in order, before the first is reported. */
export function pythonSuite(name: string, module: string): void {
  describeWithClients(name, (python) => {
    const results = new Map<string, Line>();
    let complaints = "";

    beforeAll(async () => {
      complaints = await collect(python, module, results);
    }, 900_000);

    for (const title of namesOf(python, module))
      test(title, ({ skip }) => {
        const result = results.get(title);
        if (result?.skipped) skip(result.skipped);
        expect(result, `the suite ended before this test\n${complaints}`).toBeDefined();
        if (result?.problem) expect.fail(result.problem);
      });
  });
}

function namesOf(python: string, module: string): string[] {
  if (python === "") return [module];
  const listing = execFileSync(python, ["report.py", module, "--list"], {
    cwd: folder,
    env: clientEnv,
    encoding: "utf8",
  });
  return listing
    .trim()
    .split("\n")
    .flatMap((line) => read(line)?.test ?? []);
}

/** Returns what went wrong outside of a test. */
async function collect(python: string, module: string, results: Map<string, Line>): Promise<string> {
  const child = spawn(python, ["report.py", module], {
    cwd: folder,
    env: clientEnv,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let complaints = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaints += text;
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const result = read(line);
    if (result?.test) results.set(result.test, result);
    else if (result?.setup) complaints += `${result.setup}: ${result.problem}\n`;
    else console.log(line); // a measurement
  }
  return complaints;
}

function read(line: string): Line | undefined {
  if (!line.startsWith("{")) return undefined;
  const parsed = lineSchema.safeParse(JSON.parse(line));
  return parsed.success ? parsed.data : undefined;
}
