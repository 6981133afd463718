// Another notebook as a module: `import … from "./other.ipynb"`.

import { readFileSync } from "node:fs";
import { parseSync } from "oxc-parser";
import * as z from "zod/mini";
import { compiledModule, type ModuleSource } from "./module-source.ts";

const text = z.union([
  z.string(),
  z.pipe(
    z.array(z.string()),
    z.transform((lines) => lines.join("")),
  ),
]);
const Notebook = z.object({
  cells: z.array(
    z.object({
      cell_type: z.string(),
      source: text,
      metadata: z.optional(z.object({ tags: z.optional(z.array(z.string())) })),
    }),
  ),
});

/**
 * A notebook: its cells tagged `export`, whole; where there is no such cell, every declaration of its code cells and
 * nothing that a cell merely does. All top-level names are exported.
 */
export function notebookModule(path: string): ModuleSource {
  const parsed = z.safeParse(Notebook, parseJson(path));
  if (!parsed.success) throw new TypeError(`${path} is not a notebook: ${z.prettifyError(parsed.error)}`);
  const cells = parsed.data.cells.filter((cell) => cell.cell_type === "code");
  const tagged = cells.filter((cell) => cell.metadata?.tags?.includes("export"));
  const sources = (tagged.length > 0 ? tagged : cells).map((cell) => cell.source);
  const kept = tagged.length > 0 ? sources : sources.map(onlyDeclarations);
  return compiledModule(exported(kept.join("\n;\n")), path);
}

function parseJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new SyntaxError(`${path} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const DECLARATIONS = /Declaration$/;

/** Blanks every statement that declares nothing; lines keep their numbers. */
function onlyDeclarations(source: string): string {
  let code = source;
  for (const { type, start, end } of parseSync("cell.ts", source, { lang: "ts" }).program.body)
    if (!DECLARATIONS.test(type)) code = code.slice(0, start) + blank(code.slice(start, end)) + code.slice(end);
  return code;
}

const blank = (code: string): string => code.replace(/[^\n]/g, " ");

/** Puts `export` before each top-level declaration that has none. */
function exported(source: string): string {
  const { body } = parseSync("cell.ts", source, { lang: "ts" }).program;
  return body.toReversed().reduce((code, { type, start }) => {
    const exportable = DECLARATIONS.test(type) && !/^(Import|Export|TSModule|TSImport)/.test(type);
    return exportable ? `${code.slice(0, start)}export ${code.slice(start)}` : code;
  }, source);
}
