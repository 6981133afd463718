// Where a notebook stands: what its imports are relative to.

import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";

export interface NotebookPlace {
  directory: string;
  /** Path of the notebook file, or of a stand-in beside it where the front end does not tell its name. */
  filename: string;
  /** Whether the front end tells its name. */
  named: boolean;
  url: string;
}

/** The working directory of the kernel is the notebook's folder; Jupyter's server tells the file in JPY_SESSION_NAME. */
export function notebookPlace(directory = process.cwd(), session = process.env.JPY_SESSION_NAME): NotebookPlace {
  const named = session?.endsWith(".ipynb") === true;
  const filename = join(directory, named ? basename(session) : "notebook.ipynb");
  return { directory, filename, named, url: pathToFileURL(filename).href };
}
