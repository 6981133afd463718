// A second look at a syntax error: whether it is another language that was written, and whether another parser knows better
// what is wrong. Nobody waits for it but who has made a mistake.

import { foreignLine } from "./ipython.ts";
import { isBehind } from "./positions.ts";
import type { Language } from "./strip-types.ts";
import { CellSyntaxError } from "./syntax-error.ts";

/** The parser has gone on behind what is wrong, and then found fault with what it had made of it. */
const MISTAKEN = /^Cannot assign to this expression$|^Invalid (?:assignment|left-hand)/;

/** The error as the user should read it. */
export async function explainSyntax(error: unknown, source: string): Promise<unknown> {
  if (!(error instanceof CellSyntaxError)) return error;
  const foreign = foreignLine(source, error.position?.line ?? 1) ?? foreignLine(source, 1);
  if (foreign) {
    const indent = /^\s*/.exec(source.split("\n")[foreign.line - 1] ?? "")?.[0].length ?? 0;
    return new CellSyntaxError(foreign.message, { line: foreign.line, column: indent + 1 });
  }
  if (!MISTAKEN.test(error.message)) return error;
  const other = await secondOpinion(source);
  if (!other?.position || !isBehind(other.position, error.position)) return error;
  return new CellSyntaxError(other.message.replace(/"([^"\s]+)"/g, "'$1'"), other.position, other.hint);
}

async function secondOpinion(source: string, language: Language = "ts"): Promise<CellSyntaxError | undefined> {
  const { lowerSyntax } = await import("./lower-syntax.ts");
  try {
    await lowerSyntax(source, { language });
    return undefined;
  } catch (error) {
    return error instanceof CellSyntaxError ? error : undefined;
  }
}
