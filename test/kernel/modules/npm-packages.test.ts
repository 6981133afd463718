import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { notebookPlace } from "../../../kernel/modules/notebook-place.ts";
import { type NpmOptions, NpmPackages, npmComplaint } from "../../../kernel/modules/npm-packages.ts";
import { npmDirectory, npmTypesFile, parseNpmSpecifier } from "../../../kernel/modules/npm-specifier.ts";

/** Packages of a new notebook, with an npm that makes folders and fetches nothing. */
function newPackages(options: Partial<NpmOptions> = {}) {
  const place = notebookPlace(mkdtempSync(join(tmpdir(), "lb-npm-")), "lesson.ipynb");
  const ran: string[] = [];
  const said: string[] = [];
  const changed: string[] = [];
  const npm = async (directory: string, [, what = ""]: string[]): Promise<void> => {
    ran.push(what);
    const folder = join(directory, "node_modules", what.split("@npm:")[0] ?? "");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), what.includes("typed") ? '{"types": "i.d.ts"}' : "{}");
  };
  const packages = new NpmPackages({
    place,
    npm,
    report: (text) => said.push(text),
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
    expect(said).toEqual(["Installing plain@4 …\n", expect.stringMatching(/^Installed plain@4 in \d/)]);
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

  test("that cannot be installed says why", async () => {
    const { packages } = newPackages({ npm: () => Promise.reject(new Error("404 Not Found")) });
    await expect(packages.install("npm:nothing@1")).rejects.toThrow("nothing@1 could not be installed: 404 Not Found");
  });
});

describe("of what npm says when it fails, the user reads", () => {
  test.each([
    [
      "that there is no such package",
      "npm error code E404\nnpm error 404 Not Found - GET https://registry.test/nothing\nnpm error 404\n" +
        "npm error 404  The requested resource 'nothing@*' could not be found.\nnpm error 404\n" +
        "npm error A complete log of this run can be found in: /somewhere/debug.log\n",
      "Not Found - GET https://registry.test/nothing\nThe requested resource 'nothing@*' could not be found.",
    ],
    [
      "that there is no such version",
      "npm error code ETARGET\nnpm error notarget No matching version found for ms@99.\n",
      "No matching version found for ms@99.",
    ],
    [
      "that there is no network",
      "npm ERR! code EAI_AGAIN\nnpm ERR! syscall getaddrinfo\nnpm ERR! errno EAI_AGAIN\n" +
        "npm ERR! request to https://registry.test/ms failed, reason: getaddrinfo EAI_AGAIN\n",
      "request to https://registry.test/ms failed, reason: getaddrinfo EAI_AGAIN",
    ],
  ])("%s", (_, said, read) => expect(npmComplaint(said)).toBe(read));
});
