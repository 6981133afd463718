import { expect, test } from "vitest";
import { inEnvironment } from "../../../kernel/compile/module-environment.ts";

test.each([
  ["nothing of CommonJS", "export const x = 1", "module", "export const x = 1"],
  [
    "a require of its own",
    "import { require } from 'x'; require(1)",
    "module",
    "import { require } from 'x'; require(1)",
  ],
  [
    "what it mentions, and no more",
    "export const x = require('y'), z = { module: 1 }.module",
    "module",
    "const { require } = __loopbook_commonJs(import.meta.filename); export const x = require('y'), z = { module: 1 }.module",
  ],
  [
    "what it mentions, below a shebang",
    "#!/usr/bin/env node\nexport const x = __filename",
    "module",
    "#!/usr/bin/env node\nconst { __filename } = __loopbook_commonJs(import.meta.filename); \nexport const x = __filename",
  ],
  ["all, as CommonJS", "exports.x = __dirname", "commonjs", "exports.x = __dirname"],
  [
    "what it mentions, where it waits",
    "const x = await require('y')",
    "module",
    "const { require } = __loopbook_commonJs(import.meta.filename); const x = await require('y')",
  ],
  [
    "an import() of its own",
    "export const load = async (n) => (await import(n)).x + importer('y')",
    "module",
    "export const load = async (n) => (await __loopbook_importInFile(import.meta.filename)(n)).x + importer('y')",
  ],
  [
    "an import() in CommonJS",
    "module.exports = () => import('x')",
    "commonjs",
    "module.exports = () => __loopbook_importInFile(__filename)('x')",
  ],
])("a file has %s", (_what, source, format, code) => {
  expect(inEnvironment(source, false)).toMatchObject({ code, format });
});

test("what a file is called decides before what it says", () => {
  expect(inEnvironment("const x = 1", true).format).toBe("commonjs");
});

test("places lead back", () => {
  const { positions } = inEnvironment("export const x = require('y')\nthrow x", false);
  expect(positions?.({ line: 2, column: 1 })).toEqual({ line: 2, column: 1 });
  expect(positions?.({ line: 1, column: 77 })).toMatchObject({ line: 1 });
});
