import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { notebookPlace } from "../../../kernel/modules/notebook-place.ts";
import type { NpmRun } from "../../../kernel/modules/npm-command.ts";
import { type NpmOptions, NpmPackages } from "../../../kernel/modules/npm-packages.ts";
import { npmDirectory, npmTypesFile, parseNpmSpecifier } from "../../../kernel/modules/npm-specifier.ts";

/** Packages of a new notebook, with an npm that makes folders and fetches nothing. */
function newPackages(options: Partial<NpmOptions> = {}, registry = "undefined\n") {
  const place = notebookPlace(mkdtempSync(join(tmpdir(), "lb-npm-")), "lesson.ipynb");
  const ran: string[] = [];
  const said: string[] = [];
  const changed: string[] = [];
  const npm = async ({ directory, args }: NpmRun): Promise<string> => {
    if (args[0] === "config") return registry;
    const [what = "", ...more] = args.slice(3);
    ran.push([what, ...more].join(" "));
    const folder = join(directory, "node_modules", what.split("@npm:")[0] ?? "");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), what.includes("typed") ? '{"types": "i.d.ts"}' : "{}");
    return "";
  };
  const packages = new NpmPackages({
    place,
    npm,
    progress: (text) => {
      said.push(text);
      return () => said.push("ended");
    },
    onChange: (paths) => changed.push(...paths),
    ...options,
  });
  return { packages, place, ran, said, changed };
}

describe("an npm: specifier", () => {
  test.each([
    ["npm:lodash-es@4", { name: "lodash-es", range: "4", subpath: "", alias: "lodash-es--4" }],
    [
      "npm:@scope/name@^1.2/sub/path.js",
      { name: "@scope/name", range: "^1.2", subpath: "/sub/path.js", alias: "@scope/name--_1.2" },
    ],
    ["npm:left-pad", { name: "left-pad", range: "", subpath: "", alias: "left-pad" }],
    [
      "jsr:@std/assert@1/equals",
      {
        name: "@jsr/std__assert",
        range: "1",
        subpath: "/equals",
        alias: "@jsr/std__assert--1",
        jsr: "@std/assert",
      },
    ],
    ["jsr:std", undefined],
    ["npm:a@1 || evil", undefined],
    ["npm:../up", undefined],
    ["lodash", undefined],
  ])("%s", (specifier, parts) => expect(parseNpmSpecifier(specifier)).toEqual(parts));
});

describe("a package that a notebook names", () => {
  test("is installed into the notebook's own folder, with progress and types", async () => {
    const { packages, place, ran, said, changed } = newPackages();
    await packages.install("npm:plain@4");
    expect(ran).toEqual(["plain--4@npm:plain@4", "@types/plain--4@npm:@types/plain"]);
    expect(said).toEqual(["Installing plain@4 …", "ended"]);
    expect(npmDirectory(place)).toBe(join(place.directory, ".loopbook", "lesson"));
    expect(readFileSync(npmTypesFile(place), "utf8")).toContain('declare module "npm:plain@4"');
    expect(changed).toContain(npmTypesFile(place));
  });

  test("has its own types, or those of others", async () => {
    const { packages, ran } = newPackages();
    await packages.install("npm:@scope/typed");
    await packages.install("npm:@scope/plain");
    expect(ran).toEqual([
      "@scope/typed@npm:@scope/typed",
      "@scope/plain@npm:@scope/plain",
      "@types/scope__plain@npm:@types/scope__plain",
    ]);
  });

  test("is installed once, also where two cells want it", async () => {
    const { packages, ran } = newPackages();
    await Promise.all([
      packages.install("npm:typed@1"),
      packages.install("npm:typed@1"),
      packages.install("npm:typed@2"),
    ]);
    expect(ran).toEqual(["typed--1@npm:typed@1", "typed--2@npm:typed@2"]);
  });

  test("is not installed where that is forbidden", async () => {
    const { packages, ran, place } = newPackages({ forbiddenBy: "--no-install" });
    await expect(packages.install("npm:typed")).rejects.toThrow("typed is not installed for this notebook");
    expect(ran).toEqual([]);
    expect(existsSync(npmDirectory(place))).toBe(false);
  });

  test("that is forbidden is told by what, how to allow it, and how to install it by hand", async () => {
    const { packages, place } = newPackages({ forbiddenBy: "--no-install" });
    const message = await packages.install("npm:@scope/typed@4/sub.js").catch(String);
    expect(message).toContain("@scope/typed@4 is not installed");
    expect(message).toContain("--no-install forbids to install it");
    expect(message).toContain("Start the kernel without --no-install");
    expect(message).toContain(`--prefix "${npmDirectory(place)}" "@scope/typed--4@npm:@scope/typed@4"`);
  });

  test.each([
    ["1", "LOOPBOOK_NO_INSTALL forbids to install it"],
    ["0", undefined],
    ["", undefined],
  ])("is forbidden by the environment: LOOPBOOK_NO_INSTALL=%s", async (value, problem) => {
    vi.stubEnv("LOOPBOOK_NO_INSTALL", value);
    const installed = newPackages().packages.install("npm:typed");
    if (problem === undefined) await installed;
    else await expect(installed).rejects.toThrow(problem);
    vi.unstubAllEnvs();
  });

  test("is found where installing is forbidden, if it is there already", async () => {
    const { packages, place, ran } = newPackages({ forbiddenBy: "--no-install" });
    const folder = join(npmDirectory(place), "node_modules", "typed--4");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), "{}");
    await packages.install("npm:typed@4");
    expect(ran).toEqual([]);
  });

  test("that cannot be installed says why, and leaves what is there", async () => {
    const { packages, place, said } = newPackages({ npm: () => Promise.reject(new Error("404")) });
    const folder = join(npmDirectory(place), "node_modules", "typed");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), "{}");
    await expect(packages.install("npm:nothing@1")).rejects.toThrow("nothing@1 could not be installed. npm says:\n404");
    expect(said.at(-1)).toBe("ended");
    await packages.install("npm:typed");
    expect(said).toEqual(["Installing nothing@1 …", "ended"]);
  });

  test("that nobody waits for any more is not there, and does not keep others from being installed", async () => {
    const controller = new AbortController();
    let isCutOff = true;
    const { packages, ran, place } = newPackages({
      npm: async ({ directory, args: [, , , what = ""], signal }) => {
        ran.push(what);
        const folder = join(directory, "node_modules", what.split("@npm:")[0] ?? "");
        mkdirSync(folder, { recursive: true });
        writeFileSync(join(folder, "package.json"), '{"types": "i.d.ts"}');
        if (isCutOff) controller.abort(new Error("interrupted"));
        isCutOff = false;
        signal?.throwIfAborted();
        return "";
      },
    });
    await expect(packages.install("npm:half", { signal: controller.signal })).rejects.toThrow("interrupted");
    await expect(packages.install("npm:late", { signal: controller.signal })).rejects.toThrow("interrupted");
    await packages.install("npm:half");
    expect(ran).toEqual(["half@npm:half", "half@npm:half"]);
    expect(existsSync(join(npmDirectory(place), "node_modules", "half"))).toBe(true);
  });

  test("of JSR comes from JSR's registry for npm, or from the one that npm is told of", async () => {
    const { packages, ran } = newPackages();
    await packages.install("jsr:@std/typed@1/sub");
    const target = "@jsr/std__typed--1@npm:@jsr/std__typed@1";
    expect(ran[0]).toMatch(`${target} --@jsr:registry=https://npm.jsr.io `);
    const told = newPackages({}, "https://jsr.test/npm\n");
    await told.packages.install("jsr:@std/typed@1");
    expect(told.ran[0]).toMatch(`${target} --@jsr:registry=https://jsr.test/npm `);
  });

  test("of JSR that cannot be had is told with what to write instead", async () => {
    const { packages } = newPackages({ npm: () => Promise.reject(new Error("ENOTFOUND npm.jsr.io")) });
    const message = await packages.install("jsr:@std/assert@^1").catch(String);
    expect(message).toContain("jsr:@std/assert@^1 could not be installed");
    expect(message).toContain('"npm:@jsr/std__assert@^1"');
    expect(message).toContain("npx jsr add @std/assert");
    expect(message).toContain("ENOTFOUND npm.jsr.io");
  });
});
