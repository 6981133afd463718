// What a file of the user's is as a module.

import { readFileSync } from "node:fs";
import { extname } from "node:path";
import { inEnvironment, type ModuleFormat } from "../compile/module-environment.ts";
import { moduleToJavaScript } from "../compile/module-javascript.ts";
import { chain, type PositionStep } from "../compile/positions.ts";
import { CellSyntaxError } from "../compile/syntax-error.ts";
import { compilerOptionsOf } from "./compiler-options.ts";
import { type ModuleRecord, moduleRecord } from "./module-record.ts";

export interface ModuleSource {
  /** What V8 runs. */
  code: string;
  format: ModuleFormat;
  /** What the user wrote, and the way back to it, for stack traces. */
  source: string;
  positions: PositionStep;
  /** What `code` imports and exports. */
  record: () => ModuleRecord;
}

export function moduleSource(parts: Omit<ModuleSource, "record">): ModuleSource {
  let record: ModuleRecord | undefined;
  return {
    ...parts,
    record: () => {
      record ??= moduleRecord(parts.code, "js");
      return record;
    },
  };
}

/** A file that is run as it was written. */
export function javaScriptModule(path: string): ModuleSource {
  const source = readFileSync(path, "utf8");
  // What Node takes it for is for Node to say.
  return moduleSource({ code: source, source, format: "module", positions: (position) => position });
}

/** A TypeScript file, or one with JSX. Throws `CellSyntaxError` at a syntax error. */
export function typeScriptModule(path: string): ModuleSource {
  return compiledModule(readFileSync(path, "utf8"), path);
}

/** What is written in a file, compiled. Throws `CellSyntaxError` at a syntax error. */
export function compiledModule(source: string, path: string): ModuleSource {
  const extension = extname(path);
  const language = extension === ".tsx" || extension === ".jsx" ? "tsx" : "ts";
  // Nothing else in a file depends on them.
  const options = language === "tsx" || source.includes("@") ? compilerOptionsOf(path) : {};
  try {
    const { code, positions } = moduleToJavaScript(source, {
      language,
      dropUnusedImports: extension !== ".jsx",
      ...options,
    });
    const { positions: step, ...placed } = inEnvironment(code, extension === ".cts");
    return moduleSource({ ...placed, source, positions: step ? chain([step, positions]) : positions });
  } catch (error) {
    if (error instanceof CellSyntaxError) error.file = { name: path, source };
    throw error;
  }
}
