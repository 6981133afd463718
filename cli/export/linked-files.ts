// The files that notebooks refer to: what lies in a notebook's folder may come along, nothing else.

import { readFileSync, realpathSync, statSync } from "node:fs";
import { copyFile, mkdir } from "node:fs/promises";
import { dirname, extname, isAbsolute, join, relative, resolve, sep } from "node:path";
import type { LoadImage } from "./html/images.ts";
import type { ResolveLink } from "./html/links.ts";
import { pageAddress } from "./page/navigation.ts";
import type { Source } from "./sources.ts";

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

export class LinkedFiles {
  readonly #pages: ReadonlyMap<string, string>;
  /** By the place in the export. */
  readonly #copies = new Map<string, string>();

  constructor(sources: readonly Source[]) {
    this.#pages = new Map(sources.map(({ path, page }) => [path, page]));
  }

  /** How the links of a notebook are to be rewritten. Linked files are remembered, to be copied. */
  resolver(folder: string): ResolveLink {
    return (path) => {
      const target = resolve(folder, path);
      const page = this.#pages.get(target);
      if (page !== undefined) return { href: pageAddress(page) };
      if (/\.ipynb$/i.test(path)) return { missing: `${path} is not part of this export` };
      const file = ownFile(folder, path);
      if (file === undefined) return { missing: `${path} is no file in the notebook's folder` };
      const place = relative(folder, target).split(sep).join("/");
      if ([...this.#pages.values()].includes(place) || (this.#copies.get(place) ?? file) !== file)
        return { missing: `${path} would take the place of another file of the export` };
      this.#copies.set(place, file);
      return { href: pageAddress(place) };
    };
  }

  /** Copies what was linked, and returns the names. */
  async copyTo(output: string): Promise<string[]> {
    for (const [place, file] of this.#copies) {
      const target = join(output, place);
      if (resolve(target) === file) continue;
      await mkdir(dirname(target), { recursive: true });
      await copyFile(file, target);
    }
    return [...this.#copies.keys()];
  }
}

/** Loads the pictures of a notebook's folder. */
export function imageLoader(folder: string): LoadImage {
  return (source) => {
    const path = decoded(source.replace(/[?#].*$/, ""));
    const type = IMAGE_TYPES.get(extname(path).toLowerCase());
    const file = type === undefined ? undefined : ownFile(folder, path);
    if (file === undefined) return undefined;
    return `data:${type};base64,${readFileSync(file).toString("base64")}`;
  };
}

/** The real path of a file in the folder. Others, hidden ones too, are the user's own business, not a page's. */
function ownFile(folder: string, path: string): string | undefined {
  try {
    const file = realpathSync(resolve(folder, path));
    const inside = relative(realpathSync(folder), file);
    const parts = inside.split(sep);
    if (inside === "" || parts.some((part) => part.startsWith(".")) || isAbsolute(inside)) return undefined;
    return statSync(file).isFile() ? file : undefined;
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
