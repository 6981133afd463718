// What `html`, `markdown`, `image` and the like return: shown as the value of a cell, or by `display(…)`.

import type { MimeBundle } from "../channel/messages.ts";
import { method } from "./record.ts";

/** For the front end, by mime type: `{ "image/png": { width: 200 } }`. */
export type DisplayMetadata = { [mimeType: string]: { [name: string]: unknown } };

const METADATA = Symbol.for("loopbook.display.metadata");

/** The metadata of a value that `image` or the like has made; else empty. */
export function metadataOf(value: unknown): object {
  const found = typeof value === "object" && value !== null ? method(value, METADATA)?.() : undefined;
  return typeof found === "object" && found !== null ? found : {};
}

/** A value that is shown as its mime bundle. */
export class Displayable {
  readonly #bundle: MimeBundle;
  readonly #metadata: DisplayMetadata;

  constructor(bundle: MimeBundle, metadata: DisplayMetadata = {}) {
    this.#bundle = bundle;
    this.#metadata = metadata;
  }

  [Symbol.for("Jupyter.display")](): MimeBundle {
    return this.#bundle;
  }

  /** What the front end is told beside the bundle. A symbol, because cells may have another instance of this class. */
  [METADATA](): DisplayMetadata {
    return this.#metadata;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return String(this.#bundle["text/plain"] ?? `<${Object.keys(this.#bundle).join(", ")}>`);
  }
}
