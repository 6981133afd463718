// `import … from "https://…"`: Node loads no modules from the web. Where the address tells which package it has, the same
// package can be named otherwise.

import { placeless } from "./import-place.ts";

/** Says why an address is not imported, and what to write instead. */
export function webImportError(url: string): Error {
  const instead = packageAt(url);
  return placeless(
    new Error(
      `Modules are not loaded from the web: ${url}. ` +
        (instead === undefined
          ? "Save the file beside the notebook and import it from there, or import the package that has it: " +
            '"npm:<name>" is installed for this notebook.'
          : `Write "${instead}" instead, which is installed for this notebook.`),
    ),
  );
}

const NAME = String.raw`((?:@[\w.-]+/)?[\w.-]+(?:@[\w.^~-]+)?)`;
const RULES: [pattern: RegExp, name: (...parts: string[]) => string][] = [
  [/^deno\.land\/std(?:@[\w.-]+)?\/([\w-]+)/, (module) => `jsr:@std/${module.replaceAll("_", "-")}`],
  [new RegExp(String.raw`^(?:esm\.sh/jsr|jsr\.io)/${NAME}`), (name) => `jsr:${name}`],
  [
    new RegExp(String.raw`^(?:esm\.sh|esm\.run|unpkg\.com|cdn\.skypack\.dev)/(?:v\d+/)?${NAME}`),
    (name) => `npm:${name}`,
  ],
  [new RegExp(String.raw`^(?:cdn|esm)\.jsdelivr\.net/npm/${NAME}`), (name) => `npm:${name}`],
  [new RegExp(String.raw`^ga\.jspm\.io/npm:${NAME}`), (name) => `npm:${name}`],
];

function packageAt(url: string): string | undefined {
  const address = url.replace(/^https?:\/\//, "");
  for (const [pattern, name] of RULES) {
    const match = pattern.exec(address);
    if (match) return name(...match.slice(1));
  }
  return undefined;
}
