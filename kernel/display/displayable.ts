// What `html`, `markdown`, `image` and the like return: shown as the value of a cell, or by `display(…)`.

import type { MimeBundle } from "../channel/messages.ts";

/** A value that is shown as its mime bundle. */
export class Displayable {
  readonly #bundle: MimeBundle;

  constructor(bundle: MimeBundle) {
    this.#bundle = bundle;
  }

  [Symbol.for("Jupyter.display")](): MimeBundle {
    return this.#bundle;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return String(this.#bundle["text/plain"] ?? `<${Object.keys(this.#bundle).join(", ")}>`);
  }
}
