// What a file imports: statements, `import()` of code and of types, and the types of JSDoc comments.

import { parseSync, type StaticExport, Visitor } from "oxc-parser";

/** An `import("…")` in a comment: JavaScript names its types so. */
const IN_COMMENT = /\bimport\(\s*["']([^"']+)["']\s*\)/g;

/**
 * The specifiers that a file's text names, in no order and each once; those that only a program knows (`import(name)`) are
 * left out.
 *
 * @throws {Error} where the text does not parse
 *
 * @example
 * specifiersOf("a.ts", 'import type { Task } from "./task.ts"'); // ["./task.ts"]
 */
export function specifiersOf(file: string, text: string): string[] {
  const { program, module, comments, errors } = parseSync(file, text);
  const fault = errors.find(({ severity }) => severity === "Error");
  if (fault !== undefined) throw new Error(`${file} does not parse: ${fault.message}`);

  const found = new Set(module.staticImports.map(({ moduleRequest }) => moduleRequest.value));
  for (const specifier of module.staticExports.flatMap(reexported)) found.add(specifier);
  new Visitor({
    ImportExpression: ({ source }) => {
      if (source.type === "Literal" && typeof source.value === "string") found.add(source.value);
    },
    TSImportType: ({ source }) => {
      found.add(source.value);
    },
  }).visit(program);
  for (const { value } of comments) for (const [, specifier = ""] of value.matchAll(IN_COMMENT)) found.add(specifier);
  return [...found];
}

const reexported = ({ entries }: StaticExport): string[] =>
  entries.flatMap(({ moduleRequest }) => (moduleRequest === null ? [] : [moduleRequest.value]));
