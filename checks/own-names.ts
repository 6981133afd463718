// By which names the package imports itself: what its package.json exports, and what only itself may import (`#name`).

import * as z from "zod/mini";

const entries = z.record(z.string(), z.union([z.string(), z.object({ types: z.string() })]));
const packageSchema = z.object({ name: z.string(), exports: entries, imports: entries });

/**
 * From each name to its source, by where the build puts the source's declarations: `dist/types/a/b.d.ts` is of `a/b.ts`.
 *
 * @example
 * ownNames('{ "name": "loopbook", "exports": { ".": { "types": "./dist/types/runtime/index.d.ts" } }, "imports": {} }');
 * // Map { "loopbook" => "runtime/index.ts" }
 */
export function ownNames(packageJson: string): Map<string, string> {
  const { name, exports, imports } = packageSchema.parse(JSON.parse(packageJson));
  const named = [
    ...Object.entries(exports).map(([path, entry]) => [name + path.slice(1), entry] as const),
    ...Object.entries(imports),
  ];
  return new Map(
    named.flatMap(([ownName, entry]) => {
      const source = typeof entry === "string" ? undefined : /^\.\/dist\/types\/(.+)\.d\.ts$/.exec(entry.types)?.[1];
      return source === undefined ? [] : [[ownName, `${source}.ts`]];
    }),
  );
}
