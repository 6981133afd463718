// Whether a notebook is ours to run: what its metadata says about its language.

import * as z from "zod/mini";
import { type Notebook, NotebookError } from "./format.ts";

const metadataSchema = z.object({
  kernelspec: z.optional(z.object({ language: z.optional(z.string()), display_name: z.optional(z.string()) })),
  language_info: z.optional(z.object({ name: z.optional(z.string()) })),
});

/** JavaScript is TypeScript, and a notebook of another TypeScript kernel may well run here. */
const OURS = ["typescript", "javascript"];

/** Throws `NotebookError` if the notebook says that it is in another language. One that says nothing is taken as TypeScript. */
export function requireTypeScript(notebook: Notebook): void {
  const metadata = metadataSchema.safeParse(notebook.metadata);
  if (!metadata.success) return;
  const { kernelspec, language_info } = metadata.data;
  const language = kernelspec?.language ?? language_info?.name;
  if (language === undefined || OURS.includes(language.toLowerCase())) return;
  const kernel = kernelspec?.display_name ? ` (kernel "${kernelspec.display_name}")` : "";
  throw new NotebookError(`it is written in ${language}${kernel}; loopbook runs TypeScript`);
}
