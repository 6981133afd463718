// The outputs of a cell, as nbformat defines them.

import * as z from "zod/mini";
import { multilineString } from "../../notebook/multiline-string.ts";

const record = z.record(z.string(), z.unknown());

export const outputSchema = z.discriminatedUnion("output_type", [
  z.object({ output_type: z.literal("stream"), name: z.string(), text: multilineString }),
  z.object({
    output_type: z.enum(["display_data", "execute_result"]),
    data: record,
    metadata: z._default(record, {}),
  }),
  z.object({
    output_type: z.literal("error"),
    ename: z._default(z.string(), "Error"),
    evalue: z._default(z.string(), ""),
    traceback: z._default(z.array(z.string()), []),
  }),
]);

export type CellOutput = z.infer<typeof outputSchema>;

/** The text of a mime type's data, or undefined where it is not text. */
export function dataText(value: unknown): string | undefined {
  const parsed = multilineString.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}
