// Text in a notebook file.

import * as z from "zod/mini";

/** A `multiline_string` of nbformat: Jupyter writes long text as a list of lines. Parsed, it is one string. */
export const multilineString = z.pipe(
  z.union([z.string(), z.array(z.string())]),
  z.transform((value) => (typeof value === "string" ? value : value.join(""))),
);
