// The programs that test notebooks: they run a notebook's cells, and compare what these show with what was saved.

import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeWithClients, runClient, runLoopbook } from "./clients.ts";

const LESSONS = readdirSync("notebooks").filter((file) => file.endsWith(".ipynb"));
const SANITIZE = resolve("test/jupyter/fixtures/nbval.cfg");
/** A folder where no package of ours is to be found. */
let outside: string;

beforeAll(() => {
  outside = mkdtempSync(join(tmpdir(), "loopbook-outside-"));
  cpSync("notebooks", join(outside, "lessons"), { recursive: true });
});
afterAll(() => rmSync(outside, { recursive: true, force: true }));

const nbval = (notebook: string, ...options: string[]) =>
  runClient("pytest", ["--nbval-kernel-name=loopbook", "-q", "-p", "no:cacheprovider", ...options, notebook], outside);

describeWithClients("nbval", () => {
  test.for(LESSONS)("lax: every cell of %s runs, outside of the checkout", async (lesson) => {
    const finished = await nbval(join(outside, "lessons", lesson), "--nbval-lax");
    expect(finished, finished.stdout).toMatchObject({ code: 0 });
    expect(finished.stdout).toMatch(/\d+ passed/);
  });

  test("sanitised: a lesson shows again what it has shown, but for times", async () => {
    const saved = join(outside, "saved");
    mkdirSync(saved);
    const lesson = join(outside, "lessons", "02-concurrent-tasks.ipynb");
    const ran = await runLoopbook(["run", lesson, "--output", saved], outside);
    expect(ran, ran.stderr).toMatchObject({ code: 0 });
    cpSync(join(saved, "02-concurrent-tasks.ipynb"), lesson);
    const finished = await nbval(lesson, "--nbval", `--nbval-sanitize-with=${SANITIZE}`);
    expect(finished, finished.stdout).toMatchObject({ code: 0 });
  });
});

describeWithClients("jupyter run", () => {
  test("runs a file of TypeScript, and shows what it prints and what it fails with", async () => {
    const file = join(outside, "script.ts");
    writeFileSync(file, "const answer: number = await Promise.resolve(42);\nconsole.log({ answer });\n");
    const finished = await runClient("jupyter", ["run", "--kernel=loopbook", file], outside);
    expect(finished, finished.stderr).toMatchObject({ code: 0, stdout: expect.stringContaining("{ answer: 42 }") });
  });
});
