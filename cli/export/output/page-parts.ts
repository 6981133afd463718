// What the cells of one page share while it is made.

import type { Ids } from "../html/ids.ts";
import type { LoadImage } from "../html/images.ts";
import type { ResolveLink } from "../html/links.ts";
import type { CodeColours } from "../text/highlight.ts";
import type { Maths } from "../text/maths.ts";

export interface PageParts {
  /** HTML and scripts of the notebook go into the page as they are. */
  trust: boolean;
  /** The language of its code cells. */
  language: string;
  ids: Ids;
  maths: Maths;
  colours: CodeColours;
  resolveLink: ResolveLink;
  loadImage: LoadImage;
  /** Something that the author should know, but that stops nothing. */
  note: (text: string) => void;
}
