// The folder that an export writes into. Nothing is written beside it: a folder in it that is a symbolic link is not followed,
// and a file takes the place of what has its name instead of being written through it.

import { randomUUID } from "node:crypto";
import { access, constants, copyFile, lstat, mkdir, realpath, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** A file cannot be written; the message says which, and why. */
export class OutputError extends Error {
  override readonly name = "OutputError";
}

export class OutputFolder {
  /** As the user wrote it: what messages name. */
  readonly path: string;
  readonly #real: string;

  private constructor(path: string, real: string) {
    this.path = path;
    this.#real = real;
  }

  /** Makes the folder, if it is not there. Throws `OutputError`. */
  static async open(path: string): Promise<OutputFolder> {
    try {
      await mkdir(path, { recursive: true });
      await access(path, constants.W_OK | constants.X_OK);
      return new OutputFolder(path, await realpath(path));
    } catch (error) {
      throw new OutputError(`Cannot write into ${path}: ${reason(error)}`, { cause: error });
    }
  }

  /** The name of a place for people. A place is a path in the folder, its parts apart by "/". */
  nameOf(place: string): string {
    return join(this.path, place);
  }

  /** Throws `OutputError`. */
  write(place: string, text: string): Promise<void> {
    return this.#put(place, (draft) => writeFile(draft, text, { flag: "wx" }));
  }

  /** Copies the file with the real path `file`, unless it is already what has its place. Throws `OutputError`. */
  copy(place: string, file: string): Promise<void> {
    return this.#put(place, async (draft, target) => {
      if (target === file) return;
      if ((await realpath(file)) !== file) throw new OutputError(`${file} was changed into a symbolic link`);
      await copyFile(file, draft, constants.COPYFILE_EXCL);
    });
  }

  /** Has a draft written beside the target, which then takes its place: what has the target's name is never opened. */
  async #put(place: string, write: (draft: string, target: string) => Promise<void>): Promise<void> {
    const parts = place.split("/");
    const name = parts.pop() ?? "";
    try {
      if ([...parts, name].some((part) => part === "" || part === "." || part === ".."))
        throw new OutputError("it does not lie in the folder");
      const folder = await this.#makeFolders(parts);
      const target = join(folder, name);
      if ((await statOf(target))?.isDirectory()) throw new OutputError("it is a folder");
      const draft = join(folder, `.loopbook-${randomUUID()}`);
      try {
        await write(draft, target);
        if (await statOf(draft)) await rename(draft, target);
      } finally {
        await rm(draft, { force: true });
      }
    } catch (error) {
      throw new OutputError(`Cannot write ${this.nameOf(place)}: ${reason(error)}`, { cause: error });
    }
  }

  /** The real path of a folder in the folder. */
  async #makeFolders(parts: readonly string[]): Promise<string> {
    let folder = this.#real;
    for (const [index, part] of parts.entries()) {
      folder = join(folder, part);
      const there = await statOf(folder);
      if (there?.isSymbolicLink())
        throw new OutputError(
          `${this.nameOf(parts.slice(0, index + 1).join("/"))} is a symbolic link; remove it first`,
        );
      if (!there) await mkdir(folder);
    }
    return folder;
  }
}

/** What has this name itself, also if it is a link; undefined if nothing has. */
const statOf = (path: string) => lstat(path).catch(() => undefined);

const REASONS: { [code: string]: string } = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
  EEXIST: "it is a file, not a folder",
  ENOTDIR: "a part of its path is a file, not a folder",
  ENOSPC: "no space is left",
  ENOENT: "a part of its path is gone, or is a symbolic link that leads nowhere",
  ELOOP: "its symbolic links lead in a circle",
};

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error ? String(error.code) : "";
  return REASONS[code] ?? error.message;
}
