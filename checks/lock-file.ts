// The lock file is to be the same whoever writes it: whatever the platform, the registry and the version of npm.

import * as z from "zod/mini";

const names = z._default(z.record(z.string(), z.string()), {});
const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      dependencies: names,
      devDependencies: names,
      optionalDependencies: names,
      resolved: z.optional(z.string()),
      libc: z.optional(z.unknown()),
    }),
  ),
});

const AGAIN =
  "Take the file as it was before (git checkout package-lock.json), remove node_modules, and install again.";

/**
 * What is wrong with the text of a package-lock.json: packages of other platforms that are missing, as npm leaves them out where
 * node_modules was there before the file was; addresses of a registry; and fields that npm 10, which comes with Node 20, takes out.
 */
export function faultsOfLockFile(text: string): string[] {
  const { packages } = lockSchema.parse(JSON.parse(text));
  const entries = Object.entries(packages);
  return entries.flatMap(([path, { dependencies, devDependencies, optionalDependencies, resolved, libc }]) => {
    const name = path === "" ? "the package itself" : path;
    const wanted = Object.keys({ ...dependencies, ...optionalDependencies, ...devDependencies });
    const missing = wanted.filter((dependency) => !placesFor(dependency, path).some((place) => place in packages));
    return [
      ...missing.map((dependency) => `${dependency}, which ${name} asks for, is not in package-lock.json. ${AGAIN}`),
      ...(resolved?.startsWith("http")
        ? [`${name} has an address of a registry in package-lock.json: take out its "resolved".`]
        : []),
      ...(libc === undefined
        ? []
        : [`${name} has a "libc" in package-lock.json, which npm 10 takes out: take it out.`]),
    ];
  });
}

/** Where Node looks for a dependency of the package at `path`: in its own node_modules, then in those around it. */
function placesFor(dependency: string, path: string): string[] {
  const around = path.lastIndexOf("node_modules/");
  const here = `${path === "" ? "" : `${path}/`}node_modules/${dependency}`;
  return path === "" ? [here] : [here, ...placesFor(dependency, path.slice(0, Math.max(0, around - 1)))];
}
