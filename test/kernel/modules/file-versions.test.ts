import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { FileVersions } from "../../../kernel/modules/file-versions.ts";

const folder = mkdtempSync(join(tmpdir(), "lb-versions-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let changes = 1_700_000_000;

/** Writes a file, with a time that no clock is too coarse for. */
function write(name: string): string {
  const path = join(folder, name);
  writeFileSync(path, "");
  changes++;
  utimesSync(path, changes, changes);
  return path;
}

/** Files, of which each imports the next. */
function chain(...names: string[]): { versions: FileVersions; paths: string[]; first: string[] } {
  const first: string[] = [];
  const versions = new FileVersions((path) => first.push(path));
  const paths = names.map(write);
  for (const path of paths) versions.current(path);
  for (const [index, path] of paths.slice(1).entries()) versions.addImport(paths[index] ?? "", path);
  return { versions, paths, first };
}

describe("a file has another version", () => {
  test("once it has changed, and only then", () => {
    const { versions, paths } = chain("one.ts");
    const [path = ""] = paths;
    expect([versions.current(path), versions.current(path)]).toEqual([0, 0]);
    write("one.ts");
    expect([versions.current(path), versions.current(path)]).toEqual([1, 1]);
  });

  test("once a file that it imports has changed, however deep", () => {
    const { versions, paths } = chain("a.ts", "b.ts", "c.ts");
    write("c.ts");
    expect(paths.map((path) => versions.current(path))).toEqual([1, 1, 1]);
  });

  test("not when a file has changed that it imports no more", () => {
    const { versions, paths } = chain("d.ts", "e.ts");
    const [importer = ""] = paths;
    write("d.ts");
    expect(versions.current(importer)).toBe(1); // loaded anew, and now without the import
    write("e.ts");
    expect(versions.current(importer)).toBe(1);
  });

  test("also where files import each other", () => {
    const { versions, paths } = chain("f.ts", "g.ts");
    const [one = "", two = ""] = paths;
    versions.addImport(two, one);
    write("g.ts");
    expect(versions.current(one)).toBe(1);
  });

  test("when it is gone", () => {
    const { versions, paths } = chain("h.ts");
    rmSync(paths[0] ?? "");
    expect(versions.current(paths[0] ?? "")).toBe(1);
  });
});

test("each file is told of once, when it is first asked about", () => {
  const { versions, paths, first } = chain("i.ts", "j.ts");
  for (const path of paths) versions.current(path);
  expect(first).toEqual(paths);
});
