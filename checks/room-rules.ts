// What the table of rooms says, held against what the files do. Both ways: the table allows no import that nobody makes.

import type { Graph } from "./graph.ts";
import { partOf, type Room } from "./room-table.ts";

const PAGE = "docs/architecture.md";

/** The rooms as a graph, by the imports that there really are, and what is against the table; files of no part are free. */
export function compareRooms(rooms: readonly Room[], files: Graph): { graph: Graph; faults: string[] } {
  const parts = new Set(rooms.map(({ name }) => partOf(name)));
  const homeless = [...files.keys()].filter((file) => parts.has(partOf(file)) && roomOf(file, rooms) === undefined);
  const crossings = [...files].flatMap(([file, targets]) => crossingsFrom(file, targets, rooms));
  const graph = new Map(
    rooms.map(({ name }) => [
      name,
      [...new Set(crossings.filter(({ from }) => from.name === name).map(({ to }) => to))],
    ]),
  );
  return {
    graph,
    faults: [
      ...homeless.map((file) => `${file} is in no room of the table in ${PAGE}: add a row for its folder.`),
      ...rooms.flatMap((room, index) => faultsOfRow(room, rooms.slice(0, index), graph, files)),
      ...crossings.flatMap(faultOfImport),
    ],
  };
}

/** An import from one room that leads out of it. */
interface Crossing {
  file: string;
  target: string;
  from: Room;
  /** The name of a room, or a file that is in none. */
  to: string;
}

function crossingsFrom(file: string, targets: readonly string[], rooms: readonly Room[]): Crossing[] {
  const from = roomOf(file, rooms);
  if (from === undefined) return [];
  return targets
    .map((target) => ({ file, target, from, to: roomOf(target, rooms)?.name ?? target }))
    .filter(({ to }) => to !== from.name);
}

/** The innermost room that a file is in. */
function roomOf(file: string, rooms: readonly Room[]): Room | undefined {
  const around = rooms.filter(({ name }) => file === name || (name.endsWith("/") && file.startsWith(name)));
  return around.sort((one, other) => other.name.length - one.name.length)[0];
}

function faultsOfRow({ name, imports }: Room, above: readonly Room[], graph: Graph, files: Graph): string[] {
  const isAbove = (other: string) => above.some((room) => room.name === other);
  const used = graph.get(name) ?? [];
  return [
    ...(isAbove(name) ? [`${PAGE} has two rows for ${name}.`] : []),
    ...([...files.keys()].some((file) => roomOf(file, [{ name, imports }]))
      ? []
      : [`${PAGE} has a row for ${name}, where no file is.`]),
    ...imports
      .filter((other) => !isAbove(other))
      .map(
        (other) =>
          `${PAGE} lets ${name} import ${other}, which has no row above it: rooms import only what stands above them.`,
      ),
    ...imports
      .filter((other) => isAbove(other) && !used.includes(other))
      .map((other) => `${PAGE} says that ${name} imports ${other}. It does not: take that out of the row.`),
  ];
}

function faultOfImport({ file, target, from, to }: Crossing): string[] {
  if (from.imports.includes(to)) return [];
  const allowed = from.imports.length === 0 ? "no other room" : `only ${from.imports.join(", ")}`;
  return [
    `${file} imports ${target}, but by the table in ${PAGE} ${from.name} imports ${allowed}. Go another way, or put it into the row.`,
  ];
}
