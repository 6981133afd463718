// A syntax error of a cell or of a file it imports, with the place that the user sees.

import { complaint, type ParserError } from "./complaints.ts";
import { isBehind, type Position, positionAt } from "./positions.ts";

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

/** What the type stripper complains of. It counts bytes of UTF-8 where everything else here counts UTF-16 units. */
export function syntaxError(error: ParserError, source: string): CellSyntaxError {
  const { message, offset, hint } = complaint(error, source, (bytes) => utf16Length(source, bytes));
  return new CellSyntaxError(message, offset === undefined ? undefined : positionAt(source, offset), hint);
}

/** How many UTF-16 units the first bytes of a text are. */
export const utf16Length = (text: string, bytes: number): number =>
  Buffer.from(text, "utf8").subarray(0, bytes).toString("utf8").length;

/** The error of the attempt that came furthest: it tells most of what was meant. */
export function furthest(errors: readonly CellSyntaxError[]): CellSyntaxError | undefined {
  return errors.reduce<CellSyntaxError | undefined>(
    (best, error) => (best === undefined || isBehind(error.position, best.position) ? error : best),
    undefined,
  );
}
