import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";

const page = readFileSync("docs/observability.md", "utf8");
const examples = [...page.matchAll(/```ts\n([\s\S]*?)```\n\n```text\n([\s\S]*?)```/g)];
const folder = realpathSync(mkdtempSync(join(tmpdir(), "loopbook-docs-")));
afterAll(() => rmSync(folder, { recursive: true }));

/** What a program writes to its two outputs; the places in it without the folder. */
function output(code: string): string {
  const from = (name: string) => JSON.stringify(resolve("runtime", `${name}.ts`));
  const program = join(folder, "program.ts");
  writeFileSync(program, code.replace('"loopbook"', from("index")).replace('"loopbook/testing"', from("testing")));
  const { stdout, stderr } = spawnSync("node_modules/.bin/node", [program], { encoding: "utf8" });
  return `${stdout}${stderr}`.replaceAll(`file://${folder}/`, "").replace(/took 0\.1\d\d/g, "took 0.150");
}

describe("docs/observability.md", () => {
  test.each(examples.map(([, code = "", shown = ""], index) => ({ index, code, shown })))(
    "example $index prints what the page says",
    ({ code, shown }) => expect(output(code)).toBe(shown),
  );

  test("has three examples", () => expect(examples.length).toBe(3));
});
