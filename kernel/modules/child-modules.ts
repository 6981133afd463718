// Scripts beside a notebook find `loopbook` as its cells do, wherever the notebook was copied: what a cell starts with Node
// learns of it from its environment.

import { fileURLToPath } from "node:url";

const hooks = fileURLToPath(new URL("./child-hooks.cjs", import.meta.url));

/** Adds our hooks to what `NODE_OPTIONS` has for each Node that is started from now on; what it says already stays. */
export function announceToChildren(env: NodeJS.ProcessEnv = process.env): void {
  // Quoted as Node reads it: the path may hold spaces. Every Node knows --require.
  const ours = `--require "${hooks.replace(/[\\"]/g, "\\$&")}"`;
  const given = env.NODE_OPTIONS ?? "";
  if (!given.includes(ours)) env.NODE_OPTIONS = given === "" ? ours : `${given} ${ours}`;
}
