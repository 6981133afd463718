// Notebook files: nbformat 2 to 4 in, nbformat 4.5 out, as Jupyter itself would write it.

import { createHash } from "node:crypto";
import * as z from "zod/mini";
import { multilineString } from "./multiline-string.ts";
import { oldNotebookSchema, upgraded } from "./upgrade.ts";

const object = z.record(z.string(), z.unknown());
const output = z.looseObject({ output_type: z.string() });

const cellSchema = z.discriminatedUnion("cell_type", [
  z.looseObject({
    cell_type: z.literal("code"),
    id: z.optional(z.string()),
    source: multilineString,
    metadata: z._default(object, {}),
    outputs: z._default(z.array(output), []),
    execution_count: z._default(z.nullable(z.int()), null),
  }),
  z.looseObject({
    cell_type: z.enum(["markdown", "raw"]),
    id: z.optional(z.string()),
    source: multilineString,
    metadata: z._default(object, {}),
  }),
]);

const notebookSchema = z.looseObject({
  nbformat: z.literal(4),
  nbformat_minor: z.int(),
  metadata: z._default(object, {}),
  cells: z.array(cellSchema),
});

export type Notebook = z.infer<typeof notebookSchema>;
export type Cell = Notebook["cells"][number];
export type CodeCell = Extract<Cell, { cell_type: "code" }>;
export type Output = z.infer<typeof output>;

/** The file is no notebook that can be run here; the message says why. */
export class NotebookError extends Error {
  override readonly name = "NotebookError";
}

/** Reads the text of a notebook file. Throws `NotebookError`. */
export function parseNotebook(source: string): Notebook {
  const json = parseJson(source);
  const version = z.object({ nbformat: z.int() }).safeParse(json);
  if (!version.success) throw new NotebookError("not a notebook: it has no nbformat");
  const { nbformat } = version.data;
  if (nbformat === 2 || nbformat === 3) return valid(notebookSchema, upgraded(valid(oldNotebookSchema, json)));
  if (nbformat !== 4)
    throw new NotebookError(
      nbformat > 4
        ? `nbformat ${nbformat} is newer than what this version of loopbook reads (2 to 4)`
        : `nbformat ${nbformat} is not supported: convert it first with \`jupyter nbconvert --to notebook\``,
    );
  return valid(notebookSchema, json);
}

function valid<T>(schema: z.ZodMiniType<T>, json: unknown): T {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new NotebookError(`not a valid notebook: ${issue?.path.join(".")} (${issue?.message})`);
}

/** The text of a notebook file: nbformat 4.5, every cell with an id. */
export function serializeNotebook(notebook: Notebook): string {
  const taken = new Set<string>();
  const cells = notebook.cells.map((cell, index) => ({ ...cell, id: idOf(cell, index, taken) }));
  const minor = Math.max(notebook.nbformat_minor, 5);
  return `${JSON.stringify(sorted(splitLines({ ...notebook, nbformat_minor: minor, cells })), null, 1)}\n`;
}

/**
 * An id is 1-64 letters, digits, "-" and "_", and unique in the notebook. A cell without one gets it from its place and text:
 * the same each time.
 */
function idOf({ id, source }: Cell, index: number, taken: Set<string>): string {
  let own = id;
  for (let tries = 0; own === undefined || !/^[a-zA-Z0-9-_]{1,64}$/.test(own) || taken.has(own); tries++)
    own = createHash("sha256").update(`${index} ${tries} ${source}`).digest("hex").slice(0, 8);
  taken.add(own);
  return own;
}

function splitLines(notebook: Notebook) {
  return {
    ...notebook,
    cells: notebook.cells.map((cell) => ({
      ...cell,
      source: lines(cell.source),
      ...(cell.cell_type === "code" ? { outputs: cell.outputs.map(splitOutput) } : {}),
    })),
  };
}

function splitOutput(value: Output): Output {
  if (value.output_type === "stream" && typeof value.text === "string") return { ...value, text: lines(value.text) };
  const data = object.safeParse(value.data);
  if (!data.success) return value;
  const split = Object.entries(data.data).map(([type, body]) => [
    type,
    typeof body === "string" && !isJson(type) ? lines(body) : body,
  ]);
  return { ...value, data: Object.fromEntries(split) };
}

const isJson = (type: string): boolean => type === "application/json" || /^application\/.*\+json$/.test(type);

const lines = (value: string): string[] => value.match(/[^\n]*\n|[^\n]+/g) ?? [];

/** Keys in order, as nbformat writes them: a second run changes only what it changed. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]));
}

function parseJson(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch (error) {
    throw new NotebookError(`not JSON: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}
