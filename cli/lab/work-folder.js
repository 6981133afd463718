// The readers' own folder: a copy of the lessons and of what lies beside them. What a reader has changed is kept; what they have
// not is brought up to date. Plain JavaScript, because npm runs it with whatever Node it has.

import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, sep } from "node:path";

/** What was copied: the digest of each file, by its path. */
const MANIFEST = ".lessons.json";

/**
 * Copies the lessons into the folder. Returns the paths of what was copied, and of what was not because the reader has
 * changed it and the lesson has changed, too.
 *
 * @param {{ lessons: string, work: string }} folders
 * @returns {{ copied: string[], kept: string[] }}
 */
export function fillWorkFolder({ lessons, work }) {
  const manifest = join(work, MANIFEST);
  const known = readManifest(manifest);
  /** @type {{ [path: string]: string }} */
  const digests = {};
  const copied = [];
  const kept = [];
  for (const path of filesOf(lessons)) {
    const [from, to] = [join(lessons, path), join(work, path)];
    const digest = digestOf(from);
    digests[path] = digest;
    if (existsSync(to)) {
      const own = digestOf(to);
      if (own === digest) continue;
      if (own !== known[path]) {
        // The reader's. What it was copied from is remembered, so that it is told once for each change.
        if (known[path] !== digest) kept.push(path);
        continue;
      }
    }
    mkdirSync(dirname(to), { recursive: true });
    copyFileSync(from, to);
    copied.push(path);
  }
  mkdirSync(work, { recursive: true });
  writeFileSync(manifest, `${JSON.stringify(digests, null, 2)}\n`);
  return { copied, kept };
}

/**
 * The lessons and their helpers: no hidden files, nothing that running them has left, and not the notes for authors.
 *
 * @param {string} folder
 */
const filesOf = (folder) =>
  readdirSync(folder, { encoding: "utf8", recursive: true })
    .filter((path) => !path.split(sep).some((part) => part.startsWith(".") || part === "node_modules"))
    .filter((path) => path !== "README.md" && statSync(join(folder, path)).isFile())
    .sort();

/** @param {string} file */
const digestOf = (file) => createHash("sha256").update(readFileSync(file)).digest("hex");

/**
 * @param {string} file
 * @returns {{ [path: string]: unknown }}
 */
function readManifest(file) {
  try {
    /** @type {unknown} */
    const parsed = JSON.parse(readFileSync(file, "utf8"));
    return typeof parsed === "object" && parsed !== null ? { ...parsed } : {};
  } catch {
    return {};
  }
}
