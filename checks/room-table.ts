// The tables of rooms in docs/architecture.md, read so that the page is the rule.

/** A folder or a file of its own, and the rooms that it imports from: `kernel/io/`, `kernel/log.ts`. */
export interface Room {
  name: string;
  imports: string[];
}

/** `cli/export/output/` is in the part `cli`. */
export const partOf = (path: string): string => path.slice(0, path.indexOf("/"));

/**
 * The rooms of a page, in its order, out of each table whose first column is "room" and one of whose columns is "imports". There, a
 * name may leave out the part of its row: in that of `kernel/io/`, `log.ts` is `kernel/log.ts`.
 *
 * @throws {Error} if there is no such table
 *
 * @example
 * readRooms("| room | imports |\n| - | - |\n| `kernel/log.ts` | |\n| `kernel/io/` | `log.ts` |");
 * // [{ name: "kernel/log.ts", imports: [] }, { name: "kernel/io/", imports: ["kernel/log.ts"] }]
 */
export function readRooms(page: string): Room[] {
  const rooms: Room[] = [];
  let column = -1;
  for (const line of page.split("\n")) {
    const [first = "", ...others] = cellsOf(line);
    const [name] = namesIn(first);
    if (first === "room") column = others.indexOf("imports");
    else if (first === "") column = -1;
    else if (name !== undefined && column >= 0) rooms.push({ name, imports: namesIn(others[column] ?? "") });
  }
  if (rooms.length === 0) throw new Error('There is no table whose columns are called "room" and "imports".');
  return rooms.map(({ name, imports }) => {
    const inPart = (other: string): string => `${partOf(name)}/${other}`;
    return {
      name,
      imports: imports.map((other) => (rooms.some((room) => room.name === inPart(other)) ? inPart(other) : other)),
    };
  });
}

const cellsOf = (line: string): string[] =>
  line.startsWith("|")
    ? line
        .slice(1)
        .split("|")
        .map((cell) => cell.trim())
    : [];

const namesIn = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name);
