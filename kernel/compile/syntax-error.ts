// A syntax error of a cell or of a file it imports, with the place that the user sees.

import type { Position } from "./positions.ts";

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
