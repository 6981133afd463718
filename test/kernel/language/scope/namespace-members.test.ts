import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseSync } from "oxc-parser";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Language } from "../../../../kernel/language/language.ts";
import { earlierPart, merged, namespaceOf } from "../../../../kernel/language/scope/namespace-members.ts";
import { notebookPlace } from "../../../../kernel/modules/notebook-place.ts";
import { silentInspector } from "../silent-inspector.ts";

describe("a namespace that goes on is given what it has:", () => {
  /** What stands for the earlier part, before the later one. */
  function between(earlier: string, later: string): string {
    const [before, after] = [earlier, later].map((code) => {
      const [statement] = parseSync("cell.ts", code).program.body;
      const namespace = statement && namespaceOf(statement);
      if (!namespace) throw new Error("no namespace");
      return namespace;
    });
    return before && after ? earlierPart(before.name, "Earlier", before.members, after.members) : "";
  }

  test.each([
    [
      "values and types by another name",
      "namespace N { export const a = 1; export interface I {} }",
      "namespace N {}",
      "namespace N { export import a = Earlier.a; export import I = Earlier.I; }",
    ],
    [
      "variables as what can be assigned",
      "namespace N { export let a = 1 }",
      "namespace N {}",
      "namespace N { export declare let a: typeof Earlier.a; }",
    ],
    ["nothing that it does not export", "namespace N { const a = 1 }", "namespace N {}", "namespace N {  }"],
    [
      "nothing that it declares again",
      "namespace N { export const a = 1 }",
      "namespace N { export const a = 2 }",
      "namespace N {  }",
    ],
    [
      "namespaces inside it as a whole",
      "namespace N.M { export const a = 1 }",
      "namespace N {}",
      "namespace N { export import M = Earlier.M; }",
    ],
    [
      "namespaces inside it that go on part by part",
      "namespace N.M { export const a = 1 }",
      "namespace N.M {}",
      "namespace N { export namespace M { export import a = Earlier.M.a; } }",
    ],
  ])("%s", (_what, earlier, later, part) => {
    expect(between(earlier, later)).toBe(part);
  });

  test("parts are merged, name by name", () => {
    const inner = (name: string) =>
      new Map([["M", { variable: false, members: new Map([[name, { variable: true, members: undefined }]]) }]]);
    expect([...(merged(inner("a"), inner("b")).get("M")?.members?.keys() ?? [])]).toEqual(["a", "b"]);
  });
});

describe("to the type checker", () => {
  const directory = mkdtempSync(join(tmpdir(), "lb-namespaces-"));
  let language: Language;

  beforeAll(() => {
    language = new Language({ place: notebookPlace(directory), inspector: silentInspector, onTrouble: () => {} });
  });

  afterAll(() => {
    language.close();
    rmSync(directory, { recursive: true, force: true });
  });

  async function lastErrors(...cells: string[]): Promise<string> {
    let errors: string[] = [];
    for (const cell of cells) errors = await language.check(cell);
    return errors.join("");
  }

  test("a namespace goes on from cell to cell", async () => {
    await lastErrors("namespace N { export const a = 1; export let n = 0; export interface I { x: number } }");
    expect(
      await lastErrors("namespace N { export const b = a + 1; n++; export const i: I = { x: n } }\nN.a + N.b"),
    ).toBe("");
    expect(await lastErrors("export namespace N { export namespace Deep { export const c = b } }")).toBe("");
    expect(
      await lastErrors("namespace N.Deep { export const d: number = c + a }\nN.n = N.Deep.d + N.Deep.c + N.i.x"),
    ).toBe("");
    expect(await lastErrors("N.i = { x: 'text' }")).toContain("ts(");
  });

  test("a namespace of a name that was something else is a new one", async () => {
    expect(await lastErrors("const Other = 1", "namespace Other { export const a = 1 }", "Other.a.toFixed()")).toBe("");
  });

  test("a shebang is a comment", async () => {
    expect(await lastErrors("#!/usr/bin/env node\nconst shebang = 1", "shebang.toFixed()")).toBe("");
  });
});
