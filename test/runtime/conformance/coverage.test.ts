import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const here = import.meta.dirname;
const read = (file: string): string => readFileSync(join(here, file), "utf8");

/** The names in calls of `port`, with the templates of those that run for several classes resolved to CPython's mixins. */
function ported(): string[] {
  const calls = readdirSync(here)
    .filter((file) => file.endsWith(".test.ts"))
    .flatMap((file) =>
      [...read(file).matchAll(/\bport(?:Outside)?\(\s*["`]([^"`]+)["`]/g)].map(([, name]) => `${name}`),
    );
  return calls.flatMap((call) => {
    if (call === `\${name}.\${test}`)
      return ["GatherTestsBase.test_success", "GatherTestsBase.test_result_exception_success"];
    return call
      .replace(`\${name}JoinTests`, "_QueueJoinTestMixin")
      .replace(`\${name}ShutdownTests`, "_QueueShutdownTestMixin")
      .replace(`\${name}.`, "GatherTestsBase.");
  });
}

const leftOut = (): string[] =>
  read("README.md")
    .split("\n## Left out\n")[1]
    ?.split("\n")
    .flatMap((row) => [...(row.split("|")[1] ?? "").matchAll(/`([^`]+)`/g)].map(([, name]) => `${name}`)) ?? [];

test("every test of CPython's is either ported or listed as left out, with the reason", () => {
  const theirs = read("cpython-tests.txt")
    .trim()
    .split("\n")
    .map((line) => line.split(" ")[1]);
  const ours = [...new Set(ported()), ...leftOut()];
  expect(ours.sort()).toEqual(theirs.sort());
});
