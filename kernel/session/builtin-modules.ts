// Modules of Node's that behave differently in a notebook: changed when user code first loads them, so that nobody else
// waits for it.

import { registerHooks, syncBuiltinESMExports } from "node:module";

/** What to do with each module, by its name without `node:`, when it is first loaded. One function is called only once. */
export type Changes = { [name: string]: () => void };

/** To be called after all other hooks are installed: it looks at what they find. */
export function whenLoaded(changes: Changes): void {
  const waiting = new Map(Object.entries(changes).map(([name, change]) => [`node:${name}`, change]));
  const hooks = registerHooks({
    resolve: (specifier, context, next) => {
      const found = next(specifier, context);
      const change = waiting.get(found.url);
      if (!change) return found;
      for (const [url, other] of waiting) if (other === change) waiting.delete(url);
      if (waiting.size === 0) hooks.deregister();
      change();
      // For those who import by name.
      syncBuiltinESMExports();
      return found;
    },
  });
}
