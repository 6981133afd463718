// The variables that a transformation adds to a cell. They are renamed, so that nobody sees them, and no function of this
// cell finds those of the next.

import type { SourceMapInput } from "@jridgewell/trace-mapping";
import type { Program } from "oxc-parser";
import { INTRINSIC_PREFIX } from "./intrinsics.ts";
import { Rewriter } from "./rewriter.ts";
import { valueNames } from "./value-names.ts";
import { visitVariables } from "./variables.ts";

/**
 * `program` is the parsed `code`, and `own` what the user declared at the top level. `id` tells cells apart. Undefined where
 * nothing was added.
 */
export function renameHelpers(
  code: string,
  program: Program,
  own: ReadonlySet<string>,
  id: string,
): { code: string; map: () => SourceMapInput } | undefined {
  const added = new Set([...valueNames(program.body)].filter((name) => !own.has(name)));
  if (added.size === 0) return undefined;
  const text = new Rewriter(code);
  // In inner scopes too, whatever they declare: if all of a name are renamed, they mean what they did.
  visitVariables(program, ({ node, outer }) => {
    if (added.has(node.name)) text.replace(node.start, node.end, `${outer}${INTRINSIC_PREFIX}${id}${node.name}`);
  });
  return { code: text.toString(), map: () => text.map() };
}
