// Files beside the notebook change while it is open: whoever read them is told.

import { existsSync, type FSWatcher, watch } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** As the language server's protocol has it: 1 is created, 2 changed, 3 deleted. */
export interface FileChange {
  uri: string;
  type: 1 | 2 | 3;
}

/**
 * What is said of a path that has been written or deleted. The server may have found it missing, or have read it. It takes a
 * file that it is told of as created, and then as changed, for one that it cannot have read yet: so it is told of the change first.
 */
export function fileChanges(path: string): FileChange[] {
  const uri = pathToFileURL(path).href;
  return existsSync(path)
    ? [
        { uri, type: 2 },
        { uri, type: 1 },
      ]
    : [{ uri, type: 3 }];
}

const RELEVANT = /\.(?:[cm]?[jt]sx?|jsonc?)$|^node_modules$/;
/** Editors write a file in several steps; after so long, in milliseconds, they are told as one. */
const PAUSE = 50;

/** Watches a folder, not those below it. Returns what stops it. Where that cannot be done, nobody is told anything. */
export function watchFolder(directory: string, onChange: (paths: string[]) => void): () => void {
  const names = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const tell = (): void => {
    timer = undefined;
    const paths = [...names].map((name) => join(directory, name));
    names.clear();
    onChange(paths);
  };
  let watcher: FSWatcher;
  try {
    watcher = watch(directory, { persistent: false }, (_, name) => {
      if (name === null || !RELEVANT.test(name)) return;
      names.add(name);
      timer ??= setTimeout(tell, PAUSE).unref();
    });
  } catch {
    return () => {};
  }
  watcher.on("error", () => {});
  return () => {
    clearTimeout(timer);
    watcher.close();
  };
}
