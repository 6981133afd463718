// Where an error came through an await of a cell: what rejects a promise of Node's, or of a package, knows nothing of who waits.

/** Awaits that are remembered of an error: it may come through more of them, over and over. */
const MOST_AWAITS = 4;

let read: (line: string) => string | undefined = (line) => line;

/** Who knows what the user wrote at the place of a line of a stack; undefined for one that is not the user's. */
export function readLines(reader: typeof read): void {
  read = reader;
}

const awaits = new WeakMap<object, { stack?: string }[]>();

/** Remembers that an await throws `error`, in the code that has called `above`. */
export function noteAwait(error: unknown, above: (...args: never[]) => unknown): void {
  if (!Error.isError(error)) return;
  const noted = awaits.get(error) ?? [];
  if (noted.length === MOST_AWAITS) return;
  const place: { stack?: string } = {};
  // Costs what a stack of Node's costs: its text is made when somebody reads it.
  Error.captureStackTrace(place, above);
  awaits.set(error, [...noted, place]);
}

/** What is to follow the lines of the error's own stack: the awaits among them are left out. */
export function awaitLines(error: object, lines: readonly string[]): string[] {
  const known = new Set(lines.map(placeOf));
  const added: string[] = [];
  for (const { stack = "" } of awaits.get(error) ?? []) {
    for (const raw of stack.split("\n").slice(1)) {
      const line = read(raw);
      const place = line === undefined ? "" : placeOf(line);
      if (line === undefined || place === "" || known.has(place)) continue;
      known.add(place);
      added.push(line.replace(/^ {4}at (?!async )/, "    at async "));
    }
  }
  return added;
}

const placeOf = (line: string): string => /(?:\(|at (?:async )?)([^()]+:\d+:\d+)\)?$/.exec(line)?.[1] ?? "";
