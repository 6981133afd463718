// What a cell's metadata says about how to show it.

import * as z from "zod/mini";
import type { Cell } from "../../notebook/format.ts";

const date = z.optional(z.catch(z.optional(z.iso.datetime({ offset: true })), undefined));

const schema = z.object({
  tags: z.catch(z._default(z.array(z.string()), []), []),
  jupyter: z.catch(
    z._default(z.object({ source_hidden: z.optional(z.boolean()), outputs_hidden: z.optional(z.boolean()) }), {}),
    {},
  ),
  execution: z.catch(
    z._default(
      z.object({
        "iopub.execute_input": date,
        "iopub.status.busy": date,
        "iopub.status.idle": date,
        "shell.execute_reply": date,
      }),
      {},
    ),
    {},
  ),
});

export interface CellMetadata {
  tags: string[];
  sourceHidden: boolean;
  outputsHidden: boolean;
  /** How long it ran, in seconds; undefined if it is not known. */
  seconds: number | undefined;
}

/** Metadata is free: what is not as it should be counts as not there. */
export function cellMetadata(cell: Cell): CellMetadata {
  const { tags, jupyter, execution } = schema.parse(cell.metadata);
  const start = execution["iopub.execute_input"] ?? execution["iopub.status.busy"];
  const end = execution["shell.execute_reply"] ?? execution["iopub.status.idle"];
  const seconds = start !== undefined && end !== undefined ? (Date.parse(end) - Date.parse(start)) / 1000 : undefined;
  return {
    tags,
    sourceHidden: jupyter.source_hidden ?? false,
    outputsHidden: jupyter.outputs_hidden ?? false,
    seconds: seconds !== undefined && seconds >= 0 ? seconds : undefined,
  };
}
