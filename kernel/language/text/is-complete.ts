// Whether a cell is finished, goes on in the next line, or cannot become right any more.

import type { OxcError, ParseResult } from "oxc-parser";
import { scan } from "./tokens.ts";

export type Completeness = { status: "complete" | "invalid" | "unknown" } | { status: "incomplete"; indent: string };

const INDENT = "  ";

/** Answers an is_complete_request, by the parser. Top-level await is part of the language. */
export async function isComplete(code: string): Promise<Completeness> {
  // Loaded at first use: a notebook hardly ever asks.
  const { parseSync } = await import("oxc-parser");
  const parse = (text: string, lang: "ts" | "tsx"): ParseResult =>
    parseSync(`cell.${lang}`, text, { lang, sourceType: "module" });
  const parsed = parse(code, "ts");
  if (parsed.errors.length === 0)
    return endsInBodilessFunction(parsed, code) ? incomplete(code) : { status: "complete" };
  // What is no plain statement may have JSX, or be an object: a cell is read in these ways too.
  const mayHaveJsx = code.includes("<");
  const mayBeObject = /^\s*\{/.test(code);
  const withJsx = mayHaveJsx ? parse(code, "tsx") : undefined;
  if (withJsx?.errors.length === 0 || (mayBeObject && parse(`(${code}\n)`, "ts").errors.length === 0))
    return { status: "complete" };
  const attempts: [text: string, parsed: ParseResult][] = [[code, parsed]];
  if (withJsx) attempts.push([code, withJsx]);
  if (mayBeObject) attempts.push([`(${code}`, parse(`(${code}`, "ts")]);
  return attempts.some(([text, { errors }]) => moreMayHelp(text, errors[0])) ? incomplete(code) : { status: "invalid" };
}

/** An error at the very end, or one in something that reaches to the end, may be cured by what is still to come. */
function moreMayHelp(code: string, error: OxcError | undefined): boolean {
  const [label] = error?.labels ?? [];
  if (!error || !label) return false;
  const { message } = error;
  const { start, end } = label;
  const codeEnd = code.trimEnd().length;
  if (start >= codeEnd) return true;
  if (end < codeEnd) return false;
  if (message.startsWith("Unterminated multiline comment")) return true;
  // A quoted string goes on only after a backslash, a template always.
  if (message.startsWith("Unterminated string")) return code[start] === "`" || /\\\r?\n?$/.test(code);
  // `const x`, `try {}`, `a?.`
  return message.startsWith("Missing ") || message.startsWith("Identifier expected after");
}

/** `function f()` alone is an overload for TypeScript, and a beginning for who writes it. */
function endsInBodilessFunction({ program }: ParseResult, code: string): boolean {
  const last = program.body.at(-1);
  return last?.type === "TSDeclareFunction" && !last.declare && !code.trimEnd().endsWith(";");
}

/** The next line is indented as the last one, and once more if that opens a bracket. */
function incomplete(code: string): Completeness {
  const { open, within } = scan(code);
  if (within === "template" || within === "comment") return { status: "incomplete", indent: "" };
  const lastLine = code.trimEnd().split("\n").at(-1) ?? "";
  const indent = /^\s*/.exec(lastLine)?.[0] ?? "";
  const opens = /(?:[([{]|=>|\b(?:else|do|try))$|\b(?:if|for|while|function)\b.*\)$/.test(lastLine);
  return { status: "incomplete", indent: opens ? indent + INDENT : open.length > 0 ? indent || INDENT : indent };
}
