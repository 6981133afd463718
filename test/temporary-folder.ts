// What tests leave in the system's temporary folder is taken away with a folder of their own.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export default function temporaryFolder(): () => void {
  const before = process.env.TMPDIR;
  // A short name: the path of a Unix socket has room for 107 characters.
  const folder = mkdtempSync(join(tmpdir(), "lbt-"));
  process.env.TMPDIR = folder;
  return () => {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    // A kernel of a test may still be writing its last words.
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
}
