import { expect, test } from "vitest";
import { webImportError } from "../../../kernel/modules/web-imports.ts";

test.each([
  ["https://deno.land/std@0.224.0/assert/mod.ts", "jsr:@std/assert"],
  ["https://deno.land/std/data_structures/mod.ts", "jsr:@std/data-structures"],
  ["https://jsr.io/@std/path@1.0.8/mod.ts", "jsr:@std/path@1.0.8"],
  ["https://esm.sh/jsr/@std/path@1", "jsr:@std/path@1"],
  ["https://esm.sh/preact@10/hooks", "npm:preact@10"],
  ["https://esm.sh/v135/@scope/name@^1.2", "npm:@scope/name@^1.2"],
  ["https://unpkg.com/lodash-es", "npm:lodash-es"],
  ["https://cdn.skypack.dev/d3-array", "npm:d3-array"],
  ["https://cdn.jsdelivr.net/npm/d3@7/+esm", "npm:d3@7"],
  ["https://ga.jspm.io/npm:ms@2.1.3/index.js", "npm:ms@2.1.3"],
])("what %s has is named as a package: %s", (url, specifier) => {
  expect(webImportError(url).message).toContain(`Write "${specifier}" instead`);
});

test("what no rule knows is to be saved, or to be named by who knows it", () => {
  const { message, stack } = webImportError("https://example.com/mod.ts");
  expect(message).toContain("Modules are not loaded from the web: https://example.com/mod.ts. Save the file");
  // Where in the loader it was made is nobody's business.
  expect(stack).toBe(`Error: ${message}`);
});
