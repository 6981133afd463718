// The hooks of Node's module loader: files of the user's are found as TypeScript finds them, and compiled as cells are.

import { type LoadFnOutput, type LoadHookContext, registerHooks } from "node:module";
import type { ModuleSources } from "./module-sources.ts";
import type { Resolver } from "./resolver.ts";

/** Installs the hooks for this thread. */
export function installResolveHooks(resolver: Resolver, sources: ModuleSources): void {
  registerHooks({
    resolve: (specifier, context, next) => resolver.resolve(specifier, context, next),
    load: (url, context, next) => load(url, context, next, sources),
  });
}

type NextLoad = (url: string, context?: Partial<LoadHookContext>) => LoadFnOutput;

function load(url: string, context: LoadHookContext, next: NextLoad, sources: ModuleSources): LoadFnOutput {
  const source = sources.compiled(url);
  return source ? { format: source.format, source: source.code, shortCircuit: true } : next(url, context);
}
