import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { expect, test } from "vitest";
import { findFile, localPath, withoutVersion } from "../../../kernel/modules/local-files.ts";

const directory = mkdtempSync(join(tmpdir(), "lb-files-"));
for (const name of [
  "a.ts",
  "a.js",
  "b.tsx",
  "c.mts",
  "d/index.ts",
  "e/package.json",
  "e/main.js",
  "f.d.ts",
  "g.ts",
  "g/index.ts",
  "h.json",
]) {
  mkdirSync(dirname(join(directory, name)), { recursive: true });
  writeFileSync(join(directory, name), name === "e/package.json" ? '{ "main": "./main.js" }' : "");
}

test.each([
  ["a.js", "a.js"],
  ["a", "a.ts"],
  ["b", "b.tsx"],
  ["b.js", "b.tsx"],
  ["b.jsx", "b.tsx"],
  ["c.mjs", "c.mts"],
  ["d", "d/index.ts"],
  ["e", "e/main.js"],
  ["f", undefined],
  ["f.d.ts", undefined],
  ["g", "g.ts"],
  ["h", "h.json"],
  ["none", undefined],
])("%s means %s", (path, file) => {
  const found = findFile(join(directory, path));
  expect(found && relative(directory, found)).toBe(file);
});

test("a file in node_modules is not the user's, and a version no part of a path", () => {
  expect(localPath("file:///p/node_modules/x/index.js")).toBeUndefined();
  expect(localPath("node:fs")).toBeUndefined();
  expect(localPath("file:///p/x.ts?v=2")).toBe("/p/x.ts");
  expect(withoutVersion("file:///p/x.ts?v=2")).toBe("file:///p/x.ts");
});
