// `npm run check:rooms`: no circle of imports, types included, and between rooms only the imports that the tables of
// docs/architecture.md have. Prints how many circles and floors there are; exit code 1 with each import that is against the rule.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { circlesOf, floorsOf, type Graph, importGraph } from "./graph.ts";
import { ownNames } from "./own-names.ts";
import { compareRooms } from "./room-rules.ts";
import { partOf, readRooms } from "./room-table.ts";
import { readSources } from "./sources.ts";

const root = join(import.meta.dirname, "..");
const read = (file: string): string => readFileSync(join(root, file), "utf8");
const files = importGraph(readSources(root), ownNames(read("package.json")));
const rooms = readRooms(read("docs/architecture.md"));
const { graph, faults } = compareRooms(rooms, files);
const circles = circlesOf(files);

for (const circle of circles) console.error(`These files import each other in a circle: ${circle.join(", ")}`);
for (const fault of faults) console.error(fault);
console.log(`${files.size} files, ${circles.length} circles; ${rooms.length} rooms, ${describeFloors(graph)}`);
process.exitCode = circles.length + faults.length === 0 ? 0 : 1;

/** How deep each part is, and all of them on top of each other; rooms that go in circles have no floors. */
function describeFloors(graph: Graph): string {
  if (circlesOf(graph).length > 0) return `${circlesOf(graph).length} circles of rooms`;
  const parts = [...new Set([...graph.keys()].map(partOf))];
  const within = (part: string): Graph =>
    new Map(
      [...graph]
        .filter(([room]) => partOf(room) === part)
        .map(([room, others]) => [room, others.filter((other) => partOf(other) === part)]),
    );
  return `${floorsOf(graph)} floors (${parts.map((part) => `${part} ${floorsOf(within(part))}`).join(", ")})`;
}
