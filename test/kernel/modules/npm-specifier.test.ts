import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { notebookPlace } from "../../../kernel/modules/notebook-place.ts";
import {
  namesPackage,
  npmDirectory,
  npmParentUrl,
  npmTypesFile,
  parseNpmSpecifier,
} from "../../../kernel/modules/npm-specifier.ts";

describe("a specifier names a package:", () => {
  test.each([
    ["npm:lodash", { name: "lodash", range: "", subpath: "", alias: "lodash" }],
    ["npm:lodash@4", { name: "lodash", range: "4", subpath: "", alias: "lodash--4" }],
    ["npm:lodash@^4.17.1/fp", { name: "lodash", range: "^4.17.1", subpath: "/fp", alias: "lodash--_4.17.1" }],
    ["npm:@scope/name", { name: "@scope/name", range: "", subpath: "", alias: "@scope/name" }],
    [
      "npm:@scope/name@next/a/b.js",
      { name: "@scope/name", range: "next", subpath: "/a/b.js", alias: "@scope/name--next" },
    ],
    ["npm:/lodash@4", { name: "lodash", range: "4", subpath: "", alias: "lodash--4" }],
    [
      "jsr:@std/assert@1/equals",
      { name: "@jsr/std__assert", range: "1", subpath: "/equals", alias: "@jsr/std__assert--1", jsr: "@std/assert" },
    ],
  ])("%s", (specifier, parsed) => {
    expect(parseNpmSpecifier(specifier)).toEqual(parsed);
  });

  test.each(["lodash", "node:fs", "./a", "npm:", "npm:../a", "npm:a b", "jsr:assert"])("not %s", (specifier) => {
    expect(parseNpmSpecifier(specifier)).toBeUndefined();
  });
});

test("what begins as one does is one, right or wrong: it is told what is wrong with it", () => {
  expect(["npm:", "jsr:a", "node:npm", "./npm:a"].map(namesPackage)).toEqual([true, true, false, false]);
});

test("the packages of a notebook lie beside it, in a folder of its name", () => {
  const place = notebookPlace(join("/", "work"), "plots/data.ipynb");
  const folder = join("/", "work", ".loopbook", "data");
  expect(npmDirectory(place)).toBe(folder);
  expect(npmTypesFile(place)).toBe(join(folder, "npm.d.ts"));
  expect(npmParentUrl(place)).toMatch(/\/work\/\.loopbook\/data\/package\.json$/);
});
