import { describe } from "vitest";
import { specify } from "./table.ts";

const part = (code: string): string => `__loopbook_discard(((N2) => {\n  ${code}\n})(N || (N = {})));`;

describe("a namespace", () => {
  specify([
    [
      "is an object, made by the complete compiler: the stripper knows but half of them",
      "namespace N { export const a = 1 }",
      `let N; (N);\n${part("N2.a = 1;")}`,
    ],
    [
      "may export what changes: whoever reads it sees that",
      "namespace N { export let a = 0; export const f = () => a++ }",
      `let N; (N);\n${part("N2.a = 0;\n  N2.f = () => N2.a++;")}`,
    ],
    [
      "reopens in the same cell, and sees what is there",
      "namespace N { export const a = 1 } namespace N { export const b = a }",
      `let N; (N);\n${part("N2.a = 1;")}\n${part("N2.b = N2.a;")}`,
    ],
    [
      "reopens in a later cell, and sees what is there",
      ["namespace N { export const a = 1 }", "namespace N { export const b = a }"],
      `let N = __loopbook_kept("N"); (N);\n${part("N2.b = N2.a;")}`,
    ],
    [
      "adds to a function of an earlier cell",
      ["function N() {}", "namespace N { export const a = 1 }"],
      `let N = __loopbook_kept("N"); (N);\n${part("N2.a = 1;")}`,
    ],
    [
      "adds to a class of an earlier cell",
      ["class N {}", "namespace N { export const a = 1 }"],
      `let N = __loopbook_kept("N"); (N);\n${part("N2.a = 1;")}`,
    ],
    [
      "replaces what is no namespace, as every declaration does",
      ["const N = 1", "namespace N { export const a = 1 }"],
      `let N; (N);\n${part("N2.a = 1;")}`,
    ],
    [
      "forgets what it was before something else had its name",
      ["namespace N { export const a = 1 }", "class N {}", "namespace N { export const b = a }"],
      `let N = __loopbook_kept("N"); (N);\n${part("N2.b = a;")}`,
    ],
    ["is no value of the cell", "namespace N { export const a = 1 }", `let N; (N);\n${part("N2.a = 1;")}`],
    ["of types alone is nothing", "namespace N { export interface I {} export type T = I }", ""],
  ]);
});

describe("what another part of a namespace exports", () => {
  const later = (code: string): string[] => ["namespace N { export let a = 1 }", `namespace N { ${code} }`];
  const runs = (code: string): string => `let N = __loopbook_kept("N"); (N);\n${part(code)}`;
  specify([
    ["may be assigned to", later("a = 2; a++;"), runs("N2.a = 2;\n  N2.a++;")],
    ["may be a target of a pattern", later("[a] = b; ({ a } = b);"), runs("[N2.a] = b;\n  ({ a: N2.a } = b);")],
    ["may stand for a property too", later("f({ a });"), runs("__loopbook_discard(f({ a: N2.a }));")],
    ["is seen in functions", later("f(() => a);"), runs("__loopbook_discard(f(() => N2.a));")],
    ["is hidden by a parameter", later("f((a) => a);"), runs("__loopbook_discard(f((a) => a));")],
    [
      "is hidden by what the part declares itself",
      later("const a = 2; f(a);"),
      runs("const a = 2;\n  __loopbook_discard(f(a));"),
    ],
    ["is no property of another object", later("f(b.a);"), runs("__loopbook_discard(f(b.a));")],
    [
      "is seen in a namespace inside",
      later("namespace M { f(a) }"),
      runs("let M;\n  __loopbook_discard(((M2) => {\n    __loopbook_discard(f(N2.a));\n  })(M || (M = {})));"),
    ],
  ]);
});

describe("an enum", () => {
  const E = (member: string): string =>
    `(E = /* @__PURE__ */ function(E) {\n\tE[E["${member}"] = 0] = "${member}";\n\treturn E;\n}(E || {}));`;
  specify([
    ["is a variable", "enum E { A }", `let E; ${E("A")}`],
    [
      "declared by another cell is another one: nothing of the old is left in it",
      ["enum E { A }", "enum E { B }"],
      `let E; ${E("B")}`,
    ],
    [
      "declared twice in a cell is one",
      "enum E { A } enum E { B = 1 }",
      'let E; (E = /* @__PURE__ */ ((E2) => {\n  E2[E2["A"] = 0] = "A";\n  return E2;\n})(E || {}));\n(E = /* @__PURE__ */ ((E2) => {\n  E2[E2["B"] = 1] = "B";\n  return E2;\n})(E || {}));',
    ],
  ]);
});
