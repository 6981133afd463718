import { build, type Metafile } from "esbuild";
import { expect, test } from "vitest";

/** The runtime as a program that imports it has it; what it loads only when it is needed is in files of its own. */
const bundle = () =>
  build({
    entryPoints: ["runtime/index.ts"],
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node24",
    minify: true,
    splitting: true,
    outdir: "out",
    write: false,
    metafile: true,
  });

/** The size of a file and all that it imports at once, in bytes. */
function sizeOf(file: string, { outputs }: Metafile, seen = new Set<string>()): number {
  const output = outputs[file];
  if (output === undefined || seen.has(file)) return 0;
  seen.add(file);
  const now = output.imports.filter(({ kind, external }) => kind === "import-statement" && external !== true);
  return now.reduce((sum, { path }) => sum + sizeOf(path, { outputs, inputs: {} }, seen), output.bytes);
}

test("the runtime alone is under 60 KB, minified", async () => {
  const { metafile } = await bundle();
  const size = sizeOf("out/index.js", metafile);
  expect(size).toBeGreaterThan(30_000);
  expect(size).toBeLessThan(60_000);
});

test("the runtime loads no dependency, only modules of Node's", async () => {
  const { metafile } = await bundle();
  const inputs = Object.entries(metafile.inputs);
  const outside = inputs.flatMap(([, { imports }]) =>
    imports.filter(({ external }) => external).map(({ path }) => path),
  );
  expect(inputs.map(([file]) => file).filter((file) => !file.startsWith("runtime/"))).toEqual([]);
  expect(outside.filter((path) => !path.startsWith("node:"))).toEqual([]);
});
