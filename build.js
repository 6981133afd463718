// Builds dist/: the runtime, the kernel and the command line as bundles, and the declarations of the public API.
// Plain JavaScript, because it runs before anything is built and on whatever Node started npm.
//
//   node build.js              builds
//   node build.js --if-stale   builds only if a source is newer than the last build

import { spawn } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, isAbsolute, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(fileURLToPath(import.meta.url));
process.chdir(root);

const STAMP = "dist/.built";
const RUNTIME_ENTRIES = ["index", "testing", "host"];

/** What the type checker reads, beside every cell. */
const CHECKER_FILES = ["cell-globals.d.ts", "cell-tsconfig.json"];

/** What the programs load that cells start. */
const CHILD_HOOKS = "child-hooks.cjs";

/** Pure JavaScript that a bundle loads faster than node_modules does. All else, native addons above all, stays outside. */
const BUNDLED = ["@jridgewell/sourcemap-codec", "@jridgewell/trace-mapping", "magic-string", "zod"];

/** @returns {Promise<boolean>} */
async function bundles() {
  const { build } = await loadEsbuild();
  /** @type {import("esbuild").BuildOptions} */
  const shared = {
    bundle: true,
    format: "esm",
    // What start-up does not need is a file of its own, loaded when it is needed.
    splitting: true,
    metafile: true,
    platform: "node",
    target: "node24",
    sourcemap: true,
    logLevel: "warning",
    // Cells' own imports are known only when they run.
    logOverride: { "unsupported-dynamic-import": "silent" },
  };
  /** @type {import("esbuild").BuildOptions[]} */
  const parts = [
    {
      outdir: "dist/runtime",
      entryPoints: { index: "runtime/index.ts", testing: "runtime/testing.ts", host: "runtime/host.ts" },
      plugins: [packages],
    },
    {
      outdir: "dist/kernel",
      entryPoints: {
        main: "kernel/main.ts",
        io: "kernel/io/worker.ts",
        display: "kernel/display/index.ts",
        tslab: "kernel/peers/tslab.ts",
      },
      plugins: [packages, oneRuntime],
    },
    {
      outdir: "dist/cli",
      entryPoints: { main: "cli/main.ts" },
      plugins: [packages, oneRuntime],
    },
  ];
  try {
    await Promise.all(
      parts.map(async (part) => {
        const { metafile } = await build({ ...shared, ...part });
        if (metafile && part.outdir) removeOthers(part.outdir, Object.keys(metafile.outputs));
      }),
    );
    return true;
  } catch {
    return false; // esbuild has said why
  }
}

/**
 * Removes what earlier builds left in a folder: the names of shared files change with their content. Not at once, because a
 * kernel that is running may still have to load one.
 *
 * @param {string} folder
 * @param {string[]} written
 */
function removeOthers(folder, written) {
  const kept = new Set([...written, ...CHECKER_FILES, CHILD_HOOKS].map((file) => basename(file)));
  const old = Date.now() - 24 * 60 * 60 * 1000;
  for (const file of readdirSync(folder)) {
    const path = join(folder, file);
    if (!kept.has(file) && statSync(path).mtimeMs < old) rmSync(path, { recursive: true });
  }
}

/**
 * Leaves packages outside the bundle, but for those named above.
 *
 * @type {import("esbuild").Plugin}
 */
const packages = {
  name: "packages",
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, ({ path, kind }) => {
      if (kind === "entry-point" || /^[a-z]:[\\/]/i.test(path)) return undefined;
      return BUNDLED.some((name) => path === name || path.startsWith(`${name}/`))
        ? undefined
        : { path, external: true };
    });
  },
};

/**
 * Keeps the runtime out of the kernel's bundles: `import "loopbook"` in a cell and the kernel must share one instance of it.
 *
 * @type {import("esbuild").Plugin}
 */
const oneRuntime = {
  name: "one-runtime",
  setup(build) {
    build.onResolve({ filter: /^\.\.?\// }, ({ path, resolveDir }) => {
      const file = relative(join(root, "runtime"), join(resolveDir, path));
      if (file.startsWith("..") || isAbsolute(file)) return undefined;
      const entry = file.replace(/\.ts$/, "");
      if (RUNTIME_ENTRIES.includes(entry)) return { path: `../runtime/${entry}.js`, external: true };
      return {
        errors: [
          {
            text: `runtime/${entry}.ts is internal to the runtime: import ${RUNTIME_ENTRIES.map((name) => `runtime/${name}.ts`).join(" or ")}`,
          },
        ],
      };
    });
  },
};

const ifStale = process.argv.includes("--if-stale");
if (ifStale && isFresh()) process.exit(0);

const started = new Date();
rmSync(STAMP, { force: true });
const [bundled, declared] = await Promise.all([bundles(), declarations()]);
if (bundled) {
  // What the type checker reads is no part of a bundle.
  for (const file of CHECKER_FILES) copyFileSync(`kernel/language/scope/${file}`, `dist/kernel/${file}`);
  copyFileSync(`kernel/modules/${CHILD_HOOKS}`, `dist/kernel/${CHILD_HOOKS}`);
  mkdirSync(dirname(STAMP), { recursive: true });
  writeFileSync(STAMP, "");
  // What was edited while this ran is newer than the build.
  utimesSync(STAMP, started, started);
}
// What is only to be run needs no declarations: a fault in a type stops `npm run check`, not `npm start`.
if (!bundled || !(declared || ifStale)) process.exitCode = 1;

/**
 * Type declarations of the public API.
 *
 * @returns {Promise<boolean>}
 */
async function declarations() {
  const tsc = spawn(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json"], {
    stdio: "inherit",
  });
  const code = await new Promise((resolve) => {
    tsc.on("error", () => resolve(1));
    tsc.on("exit", resolve);
  });
  if (code === 0) removeInternalDeclarations();
  return code === 0;
}

/** The compiler writes a declaration for each file that it reads: keeps those that the public ones lead to. */
function removeInternalDeclarations() {
  const published = new Set();
  /** @param {string} file */
  const publish = (file) => {
    if (published.has(file)) return;
    published.add(file);
    const imports = readFileSync(file, "utf8").matchAll(/(?:from |import\()"(\.[^"]+)\.ts"/g);
    for (const [, path = ""] of imports) publish(join(dirname(file), `${path}.d.ts`));
  };
  /** @type {{ include: string[] }} */
  const { include } = JSON.parse(readFileSync("tsconfig.build.json", "utf8"));
  for (const entry of include) publish(join("dist", "types", entry.replace(/\.ts$/, ".d.ts")));
  for (const file of readdirSync("dist/types", { encoding: "utf8", recursive: true })) {
    const path = join("dist", "types", file);
    if (path.endsWith(".d.ts") && !published.has(path)) rmSync(path);
  }
}

async function loadEsbuild() {
  try {
    return await import("esbuild");
  } catch (error) {
    console.error("Building Loopbook needs its development dependencies: run `npm install` without --omit=dev.");
    throw error;
  }
}

function isFresh() {
  if (!existsSync(STAMP)) return false;
  const built = statSync(STAMP).mtimeMs;
  return sources().every((file) => statSync(file).mtimeMs <= built);
}

function sources() {
  const folders = ["cli", "kernel", "runtime"].filter((folder) => existsSync(folder));
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { encoding: "utf8", recursive: true }).map((file) => join(folder, file)),
  );
  // Folders are among them: a removed file changes its folder's time.
  return [...files, ...folders, "build.js", "package.json", "tsconfig.json", "tsconfig.build.json"];
}
