// Positions in what V8 runs, told as positions in what the user wrote.

import { originalPositionFor, type SourceMapInput, TraceMap } from "@jridgewell/trace-mapping";

/** 1-based line and 1-based column, in UTF-16 units, as editors count. */
export interface Position {
  line: number;
  column: number;
}

/** One step back towards the original: undefined for code that no one wrote. */
export type PositionStep = (position: Position) => Position | undefined;

/** A step through a source map, which is decoded when an error first asks. */
export function sourceMapStep(map: () => SourceMapInput): PositionStep {
  let decoded: TraceMap | undefined;
  return ({ line, column }) => {
    decoded ??= new TraceMap(map());
    const found = originalPositionFor(decoded, { line, column: column - 1 });
    return found.line === null ? undefined : { line: found.line, column: found.column + 1 };
  };
}

/** Follows the steps, the last transformation first. */
export const chain =
  (steps: readonly PositionStep[]): PositionStep =>
  (position) =>
    steps.reduce<Position | undefined>((at, step) => at && step(at), position);

/** Whether `one` comes after `other`; one that is known comes after one that is not. */
export const isBehind = (one: Position | undefined, other: Position | undefined): boolean =>
  one !== undefined &&
  (other === undefined || one.line > other.line || (one.line === other.line && one.column > other.column));

/** The position of a UTF-16 offset in a text. */
export function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf("\n") + 1;
  return { line: before.split("\n").length, column: offset - lineStart + 1 };
}

/** The UTF-16 offset of a position in a text. */
export function offsetOf(text: string, { line, column }: Position): number {
  let start = 0;
  for (let at = 1; at < line; at++) start = text.indexOf("\n", start) + 1;
  return start + column - 1;
}
