// What the text of a module imports and exports, as JavaScript's specification has it in a module record.

import { parseSync } from "oxc-parser";

export interface ImportedName {
  name: string;
  /** What it is called in the module. */
  local: string;
  start: number;
}

interface ImportEntry {
  specifier: string;
  /** Where the specifier stands, in UTF-16 units. */
  start: number;
  names: readonly ImportedName[];
}

/** What a module exports from another one. */
export interface PassedOn {
  specifier: string;
  /** What it is called there. */
  name: string;
}

export interface ModuleRecord {
  /** Of import declarations and of exports from other modules; types that are imported as such are left out. */
  imports: readonly ImportEntry[];
  /** Names that have a value, as far as this text tells: what it passes on may turn out to be a type. */
  exports: ReadonlySet<string>;
  /** Those of them that are other modules', by name. */
  passedOn: ReadonlyMap<string, PassedOn>;
  /** Names that are types only. */
  types: ReadonlySet<string>;
  /** Modules whose exports are this one's too. */
  stars: readonly string[];
  /** Whether there is a word of modules in it: else it may be CommonJS. */
  isModule: boolean;
  /** Where the first mistake is, in UTF-16 units. */
  error: number | undefined;
}

type ParsedModule = ReturnType<typeof parseSync>["module"];

/** Reads a text. Errors in it are for others to tell: what can be read is told. */
export function moduleRecord(source: string, language: "js" | "ts" | "tsx" | "dts" = "ts"): ModuleRecord {
  const { module, errors } = parseSync(`module.${language === "dts" ? "d.ts" : language}`, source, {
    lang: language,
    sourceType: "module",
  });
  const exported = module.staticExports.flatMap(({ entries }) => entries);
  const names = (isType: boolean): Set<string> =>
    new Set(
      exported
        .filter((entry) => entry.isType === isType)
        .flatMap(({ exportName: { kind, name } }) => (kind === "Default" ? ["default"] : name === null ? [] : [name])),
    );
  return {
    imports: importsOf(module),
    isModule: module.hasModuleSyntax,
    error: errors[0]?.labels[0]?.start,
    exports: names(false),
    passedOn: new Map(
      exported.flatMap(({ exportName, importName, moduleRequest, isType }) =>
        moduleRequest === null || isType || importName.kind !== "Name"
          ? []
          : [[exportName.name ?? "default", { specifier: moduleRequest.value, name: importName.name ?? "default" }]],
      ),
    ),
    types: names(true),
    stars: exported
      .filter(
        ({ exportName, importName, isType }) =>
          !isType && exportName.kind === "None" && importName.kind === "AllButDefault",
      )
      .flatMap(({ moduleRequest }) => (moduleRequest ? [moduleRequest.value] : [])),
  };
}

function importsOf({ staticImports, staticExports }: ParsedModule): ImportEntry[] {
  const imports = staticImports
    .filter(({ entries }) => entries.length === 0 || entries.some(({ isType }) => !isType))
    .map(({ moduleRequest, entries }) => ({
      specifier: moduleRequest.value,
      start: moduleRequest.start,
      names: entries
        .filter(({ isType, importName }) => !isType && importName.kind !== "NamespaceObject")
        .map(({ importName, localName }) => ({
          name: importName.name ?? "default",
          local: localName.value,
          start: importName.start ?? localName.start,
        })),
    }));
  const reexports = staticExports.flatMap(({ entries }) => {
    const [first] = entries;
    if (!first?.moduleRequest || entries.every(({ isType }) => isType)) return [];
    return {
      specifier: first.moduleRequest.value,
      start: first.moduleRequest.start,
      names: entries
        .filter(({ isType, importName }) => !isType && importName.kind === "Name")
        .map(({ importName: { name, start } }) => ({ name: name ?? "", local: "", start: start ?? 0 })),
    };
  });
  return [...imports, ...reexports].sort((one, other) => one.start - other.start);
}
