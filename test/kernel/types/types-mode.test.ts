import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createLog } from "../../../kernel/log.ts";
import { modeInCell, modeOf } from "../../../kernel/types/types-mode.ts";

let folder: string;
let logged: string;
const log = createLog("warn", (line) => {
  logged += line;
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "loopbook-types-mode-"));
  logged = "";
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function notebook(text: string): string {
  const file = join(folder, "notebook.ipynb");
  writeFileSync(file, text);
  return file;
}
const saying = (types: unknown) => notebook(JSON.stringify({ cells: [], metadata: { loopbook: { types } } }));

describe("what becomes of type errors", () => {
  test("is said by the environment, else by the notebook's metadata, else they are shown", () => {
    expect(modeOf(saying("strict"), log, "off")).toBe("off");
    expect(modeOf(saying("strict"), log, undefined)).toBe("strict");
    expect(modeOf(saying("strict"), log, "")).toBe("strict");
    expect(modeOf(saying(undefined), log, undefined)).toBe("warn");
    expect(modeOf(join(folder, "none.ipynb"), log, undefined)).toBe("warn");
    expect(logged).toBe("");
  });

  test("is not said by a word that means nothing, which is named in the log", () => {
    const file = saying("loud");
    expect(modeOf(file, log, "quiet")).toBe("warn");
    expect(logged).toContain('LOOPBOOK_TYPES must be warn, strict or off, got "quiet"\n');
    expect(logged).toContain(`the metadata loopbook.types of ${file} must be warn, strict or off, got "loud"\n`);
  });

  test.each(["{", "[]", '{"metadata": {"loopbook": 1}}', '"loopbook"'])("is not said by a file like %s", (text) => {
    expect(modeOf(notebook(text), log, undefined)).toBe("warn");
  });

  test("is said by a cell for itself, in a line of its own", () => {
    expect(modeInCell("1\n  // @loopbook types: off\n2")).toBe("off");
    expect(modeInCell("const text = '// @loopbook types: off'")).toBeUndefined();
    expect(modeInCell("// @loopbook types: offline")).toBeUndefined();
  });
});
