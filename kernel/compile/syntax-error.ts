// A syntax error of a cell or of a file it imports, with the place that the user sees.

import type { OxcError } from "oxc-parser";
import { type Position, positionAt } from "./positions.ts";

export class CellSyntaxError extends SyntaxError {
  override readonly name = "SyntaxError";
  /** Where in the source, or undefined where the parser does not tell. */
  readonly position: Position | undefined;
  /** What the parser suggests. */
  readonly hint: string | undefined;
  /** The file, where it is not the cell itself. */
  file: { name: string; source: string } | undefined;

  constructor(message: string, position?: Position, hint?: string) {
    super(message);
    this.position = position;
    this.hint = hint;
  }
}

type ParserError = Pick<OxcError, "message" | "labels" | "helpMessage">;

/** What the type stripper complains of. It counts bytes of UTF-8 where everything else here counts UTF-16 units. */
export function syntaxError({ message, labels, helpMessage }: ParserError, source: string): CellSyntaxError {
  const label = labels.at(-1);
  const position = label && positionAt(source, utf16Length(source, label.start));
  return new CellSyntaxError(message.replace(/^TS\(\d+\): /, ""), position, helpMessage ?? undefined);
}

/** How many UTF-16 units the first bytes of a text are. */
export const utf16Length = (text: string, bytes: number): number =>
  Buffer.from(text, "utf8").subarray(0, bytes).toString("utf8").length;

/** The error of the attempt that came furthest: it tells most of what was meant. */
export function furthest(errors: readonly CellSyntaxError[]): CellSyntaxError | undefined {
  const isBehind = (a: Position | undefined, b: Position | undefined): boolean =>
    a !== undefined && (b === undefined || a.line > b.line || (a.line === b.line && a.column > b.column));
  return errors.reduce<CellSyntaxError | undefined>(
    (best, error) => (best === undefined || isBehind(error.position, best.position) ? error : best),
    undefined,
  );
}
