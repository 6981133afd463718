// Edits over one source text, with the rule that makes nested edits come out in order: what opens is added while going
// down the tree, what closes while coming back up, and both belong to the node that they wrap, so they move with it.

import type { SourceMapInput } from "@jridgewell/trace-mapping";
import MagicString from "magic-string";
import type { Node } from "./syntax-tree.ts";

interface Span {
  start: number;
  end: number;
}

export class Rewriter {
  readonly source: string;
  readonly #text: MagicString;

  constructor(source: string) {
    this.source = source;
    this.#text = new MagicString(source);
  }

  /** Adds text before a node, after what enclosing nodes have added there. */
  open(node: Span, text: string): void {
    this.#text.appendRight(node.start, text);
  }

  /** Adds text after a node, after what enclosed nodes have added there. */
  close(node: Span, text: string): void {
    this.#text.appendLeft(node.end, text);
  }

  replace(start: number, end: number, text: string): void {
    if (start === end) this.#text.appendLeft(start, text);
    else this.#text.update(start, end, text);
  }

  remove(start: number, end: number): void {
    if (start < end) this.#text.remove(start, end);
  }

  insertBefore(position: number, text: string): void {
    this.#text.appendLeft(position, text);
  }

  insertAfter(position: number, text: string): void {
    this.#text.prependRight(position, text);
  }

  /** Moves a stretch, with all edits inside it, to before `position`. */
  move(start: number, end: number, position: number): void {
    this.#text.move(start, end, position);
  }

  prepend(text: string): void {
    this.#text.prepend(text);
  }

  slice(node: Node): string {
    return this.source.slice(node.start, node.end);
  }

  toString(): string {
    return this.#text.toString();
  }

  map(): SourceMapInput {
    const { mappings, names } = this.#text.generateMap({ hires: "boundary", source: "cell.js" });
    return { version: 3, mappings, names, sources: ["cell.js"] };
  }
}
