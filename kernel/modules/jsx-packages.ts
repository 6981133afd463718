// Where the functions are that JSX calls: in the package that cells import, be it `react` or `npm:react@18`.

import { namesPackage, parseNpmSpecifier } from "./npm-specifier.ts";

export class JsxPackages {
  /** How cells have named a package last, by its name. */
  readonly #specifiers = new Map<string, string>();

  /** Notes a specifier that a cell has imported, such as `npm:react@18`. */
  note(specifier: string): void {
    const parsed = parseNpmSpecifier(specifier);
    if (!parsed) return;
    const { name, subpath } = parsed;
    this.#specifiers.set(name, subpath === "" ? specifier : specifier.slice(0, -subpath.length));
  }

  /** Where to import `react/jsx-runtime` from. */
  specifierOf(specifier: string): string {
    const name = packageName(specifier);
    return (this.#specifiers.get(name) ?? name) + specifier.slice(name.length);
  }
}

/** An error of an import that nobody wrote: says what it is for. */
export function jsxError(error: unknown, specifier: string): unknown {
  if (!(error instanceof Error) || !("code" in error)) return error;
  const name = packageName(specifier);
  const isMissing = error.code === "ERR_MODULE_NOT_FOUND" || error.code === "MODULE_NOT_FOUND";
  if (!isMissing && error.code !== "ERR_PACKAGE_PATH_NOT_EXPORTED") return error;
  error.message =
    `JSX calls functions of ${JSON.stringify(specifier)}, which cannot be found. ` +
    `Import the package in this cell or an earlier one: import * as React from "${namesPackage(name) ? name : `npm:${name}`}"; ` +
    `or name another one on the cell's first line: /** @jsxImportSource npm:preact */`;
  return error;
}

/** `react` of `react/jsx-runtime`, `@scope/name` of `@scope/name/jsx-runtime`; `npm:preact@10` of `npm:preact@10/jsx-runtime`. */
function packageName(specifier: string): string {
  const parsed = parseNpmSpecifier(specifier);
  if (parsed) return specifier.slice(0, specifier.length - parsed.subpath.length);
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}
