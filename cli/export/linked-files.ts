// The files that notebooks refer to: what lies in a notebook's folder may come along, nothing else.

import { readFileSync, realpathSync, statSync } from "node:fs";
import { extname, isAbsolute, relative, resolve, sep } from "node:path";
import type { LoadImage } from "./html/images.ts";
import type { ResolveLink } from "./html/links.ts";
import { pageAddress } from "./page/navigation.ts";
import { INDEX, type Source } from "./sources.ts";

const IMAGE_TYPES = new Map([
  [".png", "image/png"],
  [".jpg", "image/jpeg"],
  [".jpeg", "image/jpeg"],
  [".gif", "image/gif"],
  [".webp", "image/webp"],
  [".avif", "image/avif"],
  [".bmp", "image/bmp"],
  [".svg", "image/svg+xml"],
]);

/** A file to copy: from its real path, to a path in the export, its parts apart by "/". */
export interface Copy {
  file: string;
  place: string;
}

export class LinkedFiles {
  /** The pages of notebooks, by the paths of these. */
  readonly #pages: ReadonlyMap<string, string>;
  /** By their places, as a file system sees them that does not tell letters by their case. */
  readonly #copies = new Map<string, Copy>();
  readonly #pagePlaces: ReadonlySet<string>;
  readonly #folders = new Set<string>();

  constructor(sources: readonly Source[]) {
    this.#pages = new Map([
      ...sources.map(({ path, page }) => [realPath(path) ?? path, page] as const),
      ...sources.map(({ path, page }) => [path, page] as const),
    ]);
    const pages = [...sources.map(({ page }) => page), ...(sources.length > 1 ? [INDEX] : [])];
    this.#pagePlaces = new Set(pages.map(folded));
  }

  /** How the links of a notebook are to be rewritten. Linked files are remembered, to be copied. */
  resolver(folder: string): ResolveLink {
    return (path) => {
      const target = resolve(folder, path);
      const page = this.#pages.get(target) ?? this.#pages.get(realPath(target) ?? target);
      if (page !== undefined) return { href: pageAddress(page) };
      if (/\.ipynb$/i.test(path)) return { missing: `${path} is not part of this export` };
      const copy = ownFile(folder, path);
      if (copy === undefined) return { missing: `${path} is no file in the notebook's folder` };
      if (!this.#claim(copy)) return { missing: `${path} would take the place of another file of the export` };
      return { href: pageAddress(copy.place) };
    };
  }

  copies(): Iterable<Copy> {
    return this.#copies.values();
  }

  /** False if the place, or a folder on the way to it, is already something else's. */
  #claim(copy: Copy): boolean {
    const place = folded(copy.place);
    const above = foldersOf(place);
    const other = this.#copies.get(place);
    if (other) return other.file === copy.file;
    if (this.#pagePlaces.has(place) || this.#folders.has(place)) return false;
    if (above.some((folder) => this.#pagePlaces.has(folder) || this.#copies.has(folder))) return false;
    for (const folder of above) this.#folders.add(folder);
    this.#copies.set(place, copy);
    return true;
  }
}

const folded = (place: string): string => place.normalize("NFC").toLowerCase();

/** `a/b/c` lies in `a` and `a/b`. */
function foldersOf(place: string): string[] {
  const parts = place.split("/").slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
}

/** Loads the pictures of a notebook's folder. */
export function imageLoader(folder: string): LoadImage {
  return (source) => {
    const path = decoded(source.replace(/[?#].*$/, ""));
    const type = IMAGE_TYPES.get(extname(path).toLowerCase());
    const picture = type === undefined ? undefined : ownFile(folder, path);
    if (picture === undefined) return undefined;
    return `data:${type};base64,${readFileSync(picture.file).toString("base64")}`;
  };
}

/**
 * A file that really lies in the folder, whatever way leads there, and its path from there. Others, hidden ones too, are the
 * user's own business, not a page's.
 */
function ownFile(folder: string, path: string): Copy | undefined {
  const file = realPath(resolve(folder, path));
  const root = realPath(folder);
  if (file === undefined || root === undefined) return undefined;
  const inside = relative(root, file);
  const parts = inside.split(sep);
  if (inside === "" || parts.some((part) => part.startsWith(".")) || isAbsolute(inside)) return undefined;
  return isFile(file) ? { file, place: parts.join("/") } : undefined;
}

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
