// Tables of what the compiler does: one row a behaviour, which says why, what the user wrote, and what V8 runs.

import { expect, test } from "vitest";
import { type CompiledCell, type CompileOptions, compile } from "../../../kernel/compile/compile.ts";
import { KnownNames } from "../../../kernel/compile/known-names.ts";

/** What was written is a cell, or the last of several. */
export type Row = [why: string, written: string | readonly string[], runs: string];

/** A test for each row. */
export function specify(rows: readonly Row[], options: Partial<CompileOptions> = {}): void {
  test.each(rows)("%s", async (_why, written, runs) => {
    expect(scriptOf(await compiled(written, options))).toBe(runs);
  });
}

/** A cell, or the last of several that follow each other. */
export async function compiled(
  written: string | readonly string[],
  options: Partial<CompileOptions> = {},
): Promise<CompiledCell> {
  const known = new KnownNames();
  const cells = typeof written === "string" ? [written] : written;
  for (const earlier of cells.slice(0, -1)) known.add(await compile(earlier, { id: "6_", known, ...options }));
  return compile(cells.at(-1) ?? "", { id: "7_", known, ...options });
}

const STRICT = '"use strict"; ';

/** The script of a cell, without what all scripts begin with and the line breaks that they may end in. */
function scriptOf({ script }: CompiledCell): string {
  expect(script.startsWith(STRICT)).toBe(true);
  return script.slice(STRICT.length).trimEnd();
}
