/** The module `tslab`, as notebooks written for that kernel import it. */

import { randomUUID } from "node:crypto";
import { createRequire } from "node:module";
import { screen } from "../display/screen.ts";

export interface Versions {
  tslab: string;
  typescript: string;
  node: string;
}

/** The version of tslab whose module this is like, and of what runs the cells here. */
export const versions: Versions = {
  tslab: "1.0.22",
  get typescript() {
    const { version }: { version: string } = createRequire(import.meta.url)("typescript/package.json");
    return version;
  },
  node: process.version,
};

/** Shows data in the format that its method is named for. */
export class Display {
  /** Names the output that it shows again and again; undefined adds an output each time. */
  readonly id: string | undefined;
  #shown = false;

  constructor(id?: string) {
    this.id = id;
  }

  javascript(text: string): void {
    this.raw("text/javascript", text);
  }

  html(text: string): void {
    this.raw("text/html", text);
  }

  markdown(text: string): void {
    this.raw("text/markdown", text);
  }

  latex(text: string): void {
    this.raw("text/latex", text);
  }

  svg(text: string): void {
    this.raw("image/svg+xml", text);
  }

  png(bytes: Uint8Array): void {
    this.raw("image/png", bytes);
  }

  jpeg(bytes: Uint8Array): void {
    this.raw("image/jpeg", bytes);
  }

  gif(bytes: Uint8Array): void {
    this.raw("image/gif", bytes);
  }

  pdf(bytes: Uint8Array): void {
    this.raw("application/pdf", bytes);
  }

  text(text: string): void {
    this.raw("text/plain", text);
  }

  /** Bytes are sent in base64. */
  raw(contentType: string, data: string | Uint8Array): void {
    const content = typeof data === "string" ? data : Buffer.from(data).toString("base64");
    const update = this.#shown && this.id !== undefined;
    this.#shown = true;
    void screen().display({ [contentType]: content }, { raw: true, id: this.id, update });
  }
}

/** Adds an output with each call. */
export const display: Display = new Display();

/** A display whose calls replace one output. */
export const newDisplay = (): Display => new Display(randomUUID());
