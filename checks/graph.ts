// Which file imports which, and what is to be known of such a graph: its circles and how many floors it has.

import { posix } from "node:path";
import { specifiersOf } from "./imports.ts";

/** From each node to those that it imports. */
export type Graph = ReadonlyMap<string, readonly string[]>;

/**
 * The graph of `files`, given as path and text. Beside relative imports it knows `ownNames`, by which the package imports itself;
 * other packages are left out.
 */
export function importGraph(
  files: ReadonlyMap<string, string>,
  ownNames: ReadonlyMap<string, string> = new Map(),
): Graph {
  const targetsOf = (file: string, text: string): string[] =>
    specifiersOf(file, text)
      .map((name) => ownNames.get(name) ?? (name.startsWith(".") ? posix.join(posix.dirname(file), name) : ""))
      .filter((target) => files.has(target));
  return new Map([...files].map(([file, text]) => [file, targetsOf(file, text)]));
}

/**
 * The circles: each the nodes that reach each other, in alphabetical order.
 *
 * @example
 * circlesOf(new Map([["a", ["b"]], ["b", ["a"]], ["c", ["a"]]])); // [["a", "b"]]
 */
export function circlesOf(graph: Graph): string[][] {
  // Tarjan's: a node that reaches none before it on the stack closes the circle that stands above it there.
  const order = new Map<string, number>();
  const stack: string[] = [];
  const circles: string[][] = [];
  const lowestFrom = (node: string): number => {
    const place = order.size;
    order.set(node, place);
    const bottom = stack.push(node) - 1;
    let lowest = place;
    for (const next of graph.get(node) ?? []) {
      const known = order.get(next);
      if (known === undefined) lowest = Math.min(lowest, lowestFrom(next));
      else if (stack.includes(next)) lowest = Math.min(lowest, known);
    }
    if (lowest === place) {
      const circle = stack.splice(bottom);
      if (circle.length > 1 || graph.get(node)?.includes(node)) circles.push(circle.sort());
    }
    return lowest;
  };
  for (const node of graph.keys()) if (!order.has(node)) lowestFrom(node);
  return circles;
}

/** How many floors a graph without circles has: the nodes of its longest way down. */
export function floorsOf(graph: Graph): number {
  const floors = new Map<string, number>();
  const floorOf = (node: string): number => {
    const floor = floors.get(node) ?? 1 + Math.max(0, ...(graph.get(node) ?? []).map(floorOf));
    floors.set(node, floor);
    return floor;
  };
  return Math.max(0, ...[...graph.keys()].map(floorOf));
}
