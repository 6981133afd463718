// Notebooks of nbformat 2 and 3, which IPython wrote until 2015, as those of nbformat 4: as Jupyter's own nbformat upgrades them.

import * as z from "zod/mini";
import { multilineString } from "./multiline-string.ts";

const record = z.record(z.string(), z.unknown());

const outputSchema = z.looseObject({
  output_type: z.string(),
  prompt_number: z.optional(z.nullable(z.int())),
  stream: z._default(z.string(), "stdout"),
  metadata: z._default(record, {}),
});

const cellSchema = z.discriminatedUnion("cell_type", [
  z.looseObject({
    cell_type: z.literal("code"),
    input: z._default(multilineString, ""),
    prompt_number: z._default(z.nullable(z.int()), null),
    collapsed: z.optional(z.boolean()),
    metadata: z._default(record, {}),
    outputs: z._default(z.array(outputSchema), []),
  }),
  z.looseObject({
    cell_type: z.literal("heading"),
    source: z._default(multilineString, ""),
    level: z._default(z.int(), 1),
    metadata: z._default(record, {}),
  }),
  z.looseObject({
    cell_type: z.enum(["markdown", "html", "raw"]),
    source: z._default(multilineString, ""),
    metadata: z._default(record, {}),
  }),
]);

/** Of nbformat 2 and 3, which differ in what is optional only. */
export const oldNotebookSchema = z.object({
  nbformat: z.union([z.literal(2), z.literal(3)]),
  nbformat_minor: z._default(z.int(), 0),
  metadata: z._default(record, {}),
  worksheets: z.array(z.object({ cells: z.array(cellSchema) })),
});

type OldNotebook = z.infer<typeof oldNotebookSchema>;
type OldCell = z.infer<typeof cellSchema>;
type OldOutput = z.infer<typeof outputSchema>;

/** The same as nbformat 4.4: cells have no ids yet. Several worksheets become one after the other. */
export function upgraded({ nbformat, nbformat_minor, metadata, worksheets }: OldNotebook): object {
  const { name: _, signature: __, language, ...kept } = metadata;
  return {
    nbformat: 4,
    nbformat_minor: 4,
    metadata: {
      ...(typeof language === "string" && { language_info: { name: language.toLowerCase() } }),
      ...kept,
      orig_nbformat: nbformat,
      orig_nbformat_minor: nbformat_minor,
    },
    cells: worksheets.flatMap(({ cells }) => cells.map(upgradedCell)),
  };
}

function upgradedCell(cell: OldCell): object {
  switch (cell.cell_type) {
    case "code": {
      // A cell's language is always "python", whatever the notebook's was.
      const { input, prompt_number, collapsed, metadata, outputs } = cell;
      return {
        cell_type: "code",
        source: input,
        execution_count: prompt_number,
        metadata: { ...metadata, ...(collapsed !== undefined && { collapsed }) },
        outputs: outputs.map(upgradedOutput),
      };
    }
    case "heading": {
      const source = `${"#".repeat(cell.level)} ${cell.source.split("\n").join(" ")}`;
      return { cell_type: "markdown", source, metadata: cell.metadata };
    }
    default: {
      const type = cell.cell_type === "html" ? "markdown" : cell.cell_type;
      return { cell_type: type, source: cell.source, metadata: cell.metadata };
    }
  }
}

/** What outputs named their representations by. */
const MIME_TYPES = new Map([
  ["text", "text/plain"],
  ["html", "text/html"],
  ["svg", "image/svg+xml"],
  ["png", "image/png"],
  ["jpeg", "image/jpeg"],
  ["latex", "text/latex"],
  ["json", "application/json"],
  ["javascript", "application/javascript"],
]);

function upgradedOutput(output: OldOutput): object {
  const { output_type: type, prompt_number: execution_count = null, stream, metadata, ...rest } = output;
  switch (type) {
    case "pyout":
      return { output_type: "execute_result", execution_count, metadata: byMimeType(metadata), data: dataOf(rest) };
    case "display_data":
      return { output_type: type, metadata: byMimeType(metadata), data: dataOf(rest) };
    case "pyerr":
      return { output_type: "error", ...rest };
    case "stream":
      return { output_type: type, name: stream, ...rest };
    default:
      return output;
  }
}

const byMimeType = (values: { [name: string]: unknown }): { [type: string]: unknown } =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [MIME_TYPES.get(name) ?? name, value]));

function dataOf(representations: { [name: string]: unknown }): { [type: string]: unknown } {
  const data = byMimeType(representations);
  const json = multilineString.safeParse(data["application/json"]);
  return json.success ? { ...data, "application/json": parsed(json.data) } : data;
}

/** JSON was a text; what is none stays one. */
function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}
