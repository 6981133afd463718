// A cell, from what the user wrote to JavaScript: TypeScript, JSX, decorators, a shebang, an object that looks like a block.

import { type BlockStatement, type Program, parseSync } from "oxc-parser";
import { closeCall, givenValue, lastStatement, looksLikeObject, openCall, soleBlock } from "./cell-value.ts";
import { renameHelpers } from "./helper-names.ts";
import { Intrinsic } from "./intrinsics.ts";
import { type JsxOptions, mayHaveJsx } from "./jsx.ts";
import type { KnownNames } from "./known-names.ts";
import { lowerSyntax } from "./lower-syntax.ts";
import { joinNamespaces } from "./namespaces.ts";
import { type PositionStep, sourceMapStep } from "./positions.ts";
import { Rewriter } from "./rewriter.ts";
import type { JavaScript } from "./strip-types.ts";
import { CellSyntaxError, furthest } from "./syntax-error.ts";
import { readTypeScript, type TypeScript } from "./typescript.ts";
import { valueNames } from "./value-names.ts";

export interface CellJavaScript {
  code: string;
  /** The parsed `code`. */
  program: Program;
  /** From `code` to what the user wrote, step by step. */
  steps: PositionStep[];
  /** The parsed TypeScript, where it has something that the JavaScript does not tell. */
  typescript: Program | undefined;
  /** Whether the value of the cell is marked already: what is last in `code` may be nobody's. */
  marked: boolean;
  /** The block that the cell consists of, if it is one. */
  block: BlockStatement | undefined;
}

export interface CellLanguageOptions {
  /** Tells this cell's generated names from those of other cells; any text that can stand in an identifier. */
  id: string;
  /** What earlier cells have declared. */
  known?: KnownNames | undefined;
  /** TypeScript's older decorators instead of the standard ones. */
  experimentalDecorators?: boolean | undefined;
  jsx?: JsxOptions | undefined;
}

/** Rejects with `CellSyntaxError`, with the place in the cell. */
export async function cellToJavaScript(source: string, options: CellLanguageOptions): Promise<CellJavaScript> {
  const { written, typescript, steps } = readCell(source, options);
  const { stripped, program: typed, language } = typescript;
  if (!stripped) return lowered(written, typescript, steps, options);
  const named = language === "tsx" && typed ? withoutHelpers(stripped, typed, options.id) : { ...stripped, steps: [] };
  const program = parse(named.code);
  return {
    code: named.code,
    program,
    steps: [...named.steps, sourceMapStep(stripped.map), ...steps],
    typescript: typed,
    marked: false,
    block: blockOf(program, typed),
  };
}

interface Read {
  /** What was read, which may not be quite what the user wrote. */
  written: string;
  typescript: TypeScript;
  steps: PositionStep[];
}

/** Reads a cell as statements, unless it is meant as an object, or can only be an expression in braces. */
function readCell(source: string, options: CellLanguageOptions): Read {
  // A shebang is a comment, and as long.
  const written = source.replace(/^#!/, "//");
  const statements = attempt(() => read(written, options));
  if (!beginsWithBrace(written) || (!(statements instanceof CellSyntaxError) && !isMeantAsObject(statements))) {
    if (statements instanceof CellSyntaxError) throw statements;
    return { written, typescript: statements, steps: [] };
  }
  const failures: CellSyntaxError[] = [];
  for (const braced of new Set([written, withoutSemicolon(written)])) {
    const parenthesised = `(${braced}\n)`;
    const expression = attempt(() => read(parenthesised, options));
    if (!(expression instanceof CellSyntaxError))
      return { written: parenthesised, typescript: expression, steps: [withoutParenthesis] };
    if (isWithin(expression, braced)) failures.push(movedBack(expression));
  }
  if (!(statements instanceof CellSyntaxError)) return { written, typescript: statements, steps: [] };
  throw furthest(beginsLikeObject(written) && failures.length > 0 ? failures : [statements, ...failures]);
}

const SPACE = /\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\//y;

/** Where space and comments end that begin at `start`. */
function skipSpace(code: string, start: number): number {
  SPACE.lastIndex = start;
  let end = start;
  while (SPACE.test(code)) end = SPACE.lastIndex;
  return end;
}

const beginsWithBrace = (code: string): boolean => code[skipSpace(code, 0)] === "{";

/** Whether a cell that begins with a brace goes on with a property: `{ a: 1 b: 2 }` has an error that is one of an object. */
const beginsLikeObject = (code: string): boolean =>
  /^\{\s*(?:[\p{ID_Start}$_][\p{ID_Continue}$]*|"[^"\n]*"|'[^'\n]*'|\d+)\s*[:,]/u.test(code.slice(skipSpace(code, 0)));

/** The code without the semicolon that it ends with, comments behind it aside. */
function withoutSemicolon(code: string): string {
  for (let at = code.lastIndexOf(";"); at > 0; at = code.lastIndexOf(";", at - 1))
    if (skipSpace(code, at + 1) === code.length) return code.slice(0, at);
  return code;
}

function read(source: string, { jsx }: CellLanguageOptions): TypeScript {
  return readTypeScript(source, mayHaveJsx(source) ? ["ts", "tsx"] : ["ts"], jsx ? { jsx } : {});
}

function attempt<T>(body: () => T): T | CellSyntaxError {
  try {
    return body();
  } catch (error) {
    if (error instanceof CellSyntaxError) return error;
    throw error;
  }
}

function isMeantAsObject({ stripped, program }: TypeScript): boolean {
  const parsed = program ?? (stripped && parse(stripped.code));
  const block = parsed && soleBlock(parsed);
  return block !== undefined && looksLikeObject(block);
}

/** Undoes the parenthesis that makes a cell an expression: one column back on the first line. */
const withoutParenthesis: PositionStep = ({ line, column }) => ({
  line,
  column: line === 1 ? Math.max(1, column - 1) : column,
});

const movedBack = ({ message, position, hint }: CellSyntaxError): CellSyntaxError =>
  new CellSyntaxError(message, position && withoutParenthesis(position), hint);

/** Whether the error is of what the user wrote, not of the parenthesis behind it. */
const isWithin = ({ position }: CellSyntaxError, code: string): boolean =>
  position !== undefined && position.line <= code.split("\n").length;

/** By the complete compiler. What is the cell's value, and what is the user's own, is lost in its code: both are marked. */
async function lowered(
  written: string,
  { program: typed, language }: TypeScript,
  steps: PositionStep[],
  { id, known, experimentalDecorators, jsx }: CellLanguageOptions,
): Promise<CellJavaScript> {
  const text = new Rewriter(written);
  if (typed) {
    markValue(typed, text);
    joinNamespaces(typed, (name) => (known?.isOpen(name) ? known.membersOf(name) : undefined), text);
  }
  const back = [sourceMapStep(() => text.map()), ...steps];
  const javascript = await lowerSyntax(text.toString(), { language, experimentalDecorators, jsx });
  const named = typed ? withoutHelpers(javascript, typed, id) : { ...javascript, steps: [] };
  const program = parse(named.code);
  return {
    code: named.code,
    program,
    steps: [...named.steps, sourceMapStep(javascript.map), ...back],
    typescript: typed,
    marked: true,
    block: blockOf(program, typed),
  };
}

/** What the compiler adds beside a block is none. */
const blockOf = (program: Program, typed: Program | undefined): BlockStatement | undefined =>
  soleBlock(typed ?? program) && program.body.find((statement) => statement.type === "BlockStatement");

function markValue(program: Program, text: Rewriter): void {
  const last = lastStatement(program);
  const value = last && givenValue(last);
  if (!value) return;
  openCall(Intrinsic.result, value, text);
  closeCall(value, text);
}

function withoutHelpers({ code }: JavaScript, typed: Program, id: string): { code: string; steps: PositionStep[] } {
  const renamed = renameHelpers(code, parse(code), new Set(valueNames(typed.body)), id);
  return renamed ? { code: renamed.code, steps: [sourceMapStep(renamed.map)] } : { code, steps: [] };
}

function parse(code: string): Program {
  const { program, errors } = parseSync("cell.js", code, { lang: "js", sourceType: "module" });
  const [error] = errors;
  if (error) throw new CellSyntaxError(error.message);
  return program;
}
