// What to do about a failure whose message alone does not tell a beginner.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";

/** The lessons' own server: they import it from the folder beside them. */
const SERVER = "server/fetch.ts";

/** A sentence for the failure of a cell in the notebook's folder; undefined if its message says all. */
export function hintFor(message: string, folder: string): string | undefined {
  const text = stripVTControlCharacters(message);
  const missing = /Cannot find module '?([^'\n]*)/.exec(text)?.[1];
  if (missing?.includes(SERVER) && !existsSync(join(folder, SERVER)))
    return `The lessons' server is missing: there is no ${SERVER} in ${folder}. Copy the whole folder of the lessons, not the notebook alone.`;
  if (/ECONNREFUSED 127\.0\.0\.1/.test(text))
    return "The lessons' server does not answer any more. Run the notebook from its first cell, which starts it.";
  return undefined;
}
