// What becomes of type errors, and who says so: a line in the cell, the environment, the notebook, in this order.

import { readFileSync } from "node:fs";
import * as z from "zod/mini";
import type { Log } from "../log.ts";

/** What becomes of type errors: shown beside what the cell does, shown instead of running the cell, or not looked for. */
export type TypesMode = "warn" | "strict" | "off";

const IN_CELL = /^[ \t]*\/\/[ \t]*@loopbook[ \t]+types:[ \t]*(warn|strict|off)\b/m;
const Notebook = z.object({
  metadata: z.object({ loopbook: z.optional(z.object({ types: z.optional(z.unknown()) })) }),
});

/** What a cell says for itself: `// @loopbook types: strict`. */
export function modeInCell(code: string): TypesMode | undefined {
  return asMode(IN_CELL.exec(code)?.[1]);
}

/**
 * The mode of a notebook's cells: `LOOPBOOK_TYPES`, else `{ "loopbook": { "types": "strict" } }` in the metadata of the
 * notebook file, else `warn`. Messages do not carry a notebook's metadata: its file is read, where it is known.
 */
export function modeOf(notebook: string | undefined, log: Log, variable = process.env.LOOPBOOK_TYPES): TypesMode {
  const said: [source: string, value: unknown][] = [
    ["LOOPBOOK_TYPES", variable === "" ? undefined : variable],
    [`the metadata loopbook.types of ${notebook}`, inMetadata(notebook)],
  ];
  for (const [source, value] of said) {
    const mode = asMode(value);
    if (mode) return mode;
    if (value !== undefined) log.warn(`${source} must be warn, strict or off, got ${JSON.stringify(value)}`);
  }
  return "warn";
}

function inMetadata(notebook: string | undefined): unknown {
  if (notebook === undefined) return undefined;
  try {
    const text = readFileSync(notebook, "utf8");
    // A notebook may be large, and most say nothing.
    if (!text.includes('"loopbook"')) return undefined;
    return Notebook.parse(JSON.parse(text)).metadata.loopbook?.types;
  } catch {
    // Not saved yet, or not a notebook: then it says nothing.
    return undefined;
  }
}

const asMode = (value: unknown): TypesMode | undefined =>
  value === "warn" || value === "strict" || value === "off" ? value : undefined;
