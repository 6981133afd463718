// `import { Options, make } from "./lib"; export { Options, make }`: a compiler that sees one file cannot tell whether
// `Options` is a type. Here the other file can be asked, and a type is not passed on.

import { createRequire, isBuiltin } from "node:module";
import { type ImportDeclarationSpecifier, type ModuleExportName, parseSync } from "oxc-parser";
import { chain, sourceMapStep } from "../compile/positions.ts";
import { Rewriter } from "../compile/rewriter.ts";
import { pathOf } from "./local-files.ts";
import type { PassedOn } from "./module-record.ts";
import { type ModuleSource, moduleSource } from "./module-source.ts";

export interface ValueNamesParts {
  resolve: (specifier: string, from: string) => string;
  /** What the module in a file is made of; undefined for one that is no JavaScript. */
  textOf: (path: string) => ModuleSource | undefined;
}

/** Which names of modules have a value. */
export class ValueNames {
  readonly #parts: ValueNamesParts;

  constructor(parts: ValueNamesParts) {
    this.#parts = parts;
  }

  /** Whether what an import in the module at `from` names is a value. Where that cannot be told, it is. */
  isValue({ specifier, name }: PassedOn, from: string, asked = new Set<string>()): boolean {
    if (isBuiltin(specifier)) return has(process.getBuiltinModule(specifier), name);
    try {
      const url = this.#parts.resolve(specifier, from);
      const path = pathOf(url);
      const question = `${url} ${name}`;
      if (path === undefined || asked.has(question)) return path === undefined;
      asked.add(question);
      const text = this.#parts.textOf(path);
      return text === undefined || this.#exports(name, text, url, path, asked);
    } catch {
      return true; // The loader says what is wrong with it.
    }
  }

  #exports(name: string, text: ModuleSource, url: string, path: string, asked: Set<string>): boolean {
    const { exports, passedOn, stars, isModule } = text.record();
    if (!isModule) return has(createRequire(path)(path), name);
    const other = passedOn.get(name);
    if (other) return this.isValue(other, url, asked);
    return exports.has(name) || stars.some((specifier) => this.isValue({ specifier, name }, url, asked));
  }
}

const has = (module: unknown, name: string): boolean => name === "default" || name in Object(module);

/** The module at `url` without the types that it would pass on as values. */
export function withoutTypes(module: ModuleSource, url: string, values: ValueNames): ModuleSource {
  const types = [...module.record().passedOn.values()].filter((each) => !values.isValue(each, url));
  if (types.length === 0) return module;
  const text = new Rewriter(module.code);
  const { body } = parseSync("module.js", module.code, { lang: "js", sourceType: "module" }).program;
  const isType = (specifier: string, name: string): boolean =>
    types.some((type) => type.specifier === specifier && type.name === name);
  const left = new Set<string>();
  for (const statement of body) {
    if (statement.type !== "ImportDeclaration") continue;
    const { specifiers, source } = statement;
    for (const each of specifiers) if (isType(source.value, importedName(each))) left.add(each.local.name);
    const [only] = specifiers;
    // Without braces, nothing would stand before `from`.
    if (specifiers.length === 1 && only?.type === "ImportDefaultSpecifier" && left.has(only.local.name))
      text.replace(only.start, source.start, "");
    else keepOnly(specifiers, ({ local }) => !left.has(local.name), text);
  }
  for (const statement of body) {
    if (statement.type !== "ExportNamedDeclaration") continue;
    const { specifiers, source } = statement;
    const isLeft = (name: ModuleExportName): boolean =>
      source ? isType(source.value, nameOf(name)) : left.has(nameOf(name));
    keepOnly(specifiers, ({ local }) => !isLeft(local), text);
  }
  return moduleSource({
    ...module,
    code: text.toString(),
    positions: chain([sourceMapStep(() => text.map()), module.positions]),
  });
}

const nameOf = (name: ModuleExportName): string => (name.type === "Literal" ? name.value : name.name);

function importedName(specifier: ImportDeclarationSpecifier): string {
  if (specifier.type === "ImportNamespaceSpecifier") return "*";
  return specifier.type === "ImportDefaultSpecifier" ? "default" : nameOf(specifier.imported);
}

/** Removes the others of a list from the text, each with the comma behind it. */
function keepOnly<T extends { start: number; end: number }>(
  list: readonly T[],
  isKept: (item: T) => boolean,
  text: Rewriter,
): void {
  for (const item of list) {
    if (isKept(item)) continue;
    const [comma = ""] = /^\s*,?/.exec(text.source.slice(item.end)) ?? [];
    text.remove(item.start, item.end + comma.length);
  }
}
