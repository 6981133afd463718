// Builds dist/: the kernel, the runtime and the command line as bundles, and the declarations of the public API.
// Plain JavaScript, because it runs before anything is built and on whatever Node started npm.
import { build } from "esbuild";

const shared = {
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node24",
  packages: "external",
  sourcemap: true,
  logLevel: "warning",
};

await build({
  ...shared,
  entryPoints: { index: "runtime/index.ts", testing: "runtime/testing.ts", host: "runtime/host.ts" },
  outdir: "dist/runtime",
  splitting: true,
});
