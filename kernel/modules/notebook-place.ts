// Where a notebook stands: what its imports are relative to.

import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";

/** The name of a file beside the notebook that stands for it, as long as nobody tells its own. */
const STAND_IN = "notebook.ipynb";

export class NotebookPlace {
  readonly directory: string;
  #name: string | undefined;

  constructor(directory: string, name?: string) {
    this.directory = directory;
    this.#name = name;
  }

  /** Whether the front end has told the notebook's name. */
  get named(): boolean {
    return this.#name !== undefined;
  }

  /** Path of the notebook file, or of a stand-in beside it. */
  get filename(): string {
    return join(this.directory, this.#name ?? STAND_IN);
  }

  get url(): string {
    return pathToFileURL(this.filename).href;
  }

  /** The front end tells the notebook's path, with a cell. Who has told it first was right; returns whether that is now. */
  tell(path: string): boolean {
    if (this.named) return false;
    this.#name = basename(path);
    return true;
  }
}

/** The working directory of the kernel is the notebook's folder; Jupyter's server tells the file in JPY_SESSION_NAME. */
export function notebookPlace(directory = process.cwd(), session = process.env.JPY_SESSION_NAME): NotebookPlace {
  return new NotebookPlace(directory, session?.endsWith(".ipynb") ? basename(session) : undefined);
}
