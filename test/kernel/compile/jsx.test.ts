import { describe, expect, test } from "vitest";
import { DEFAULT_JSX, jsxOf } from "../../../kernel/compile/jsx.ts";
import { compiled, specify } from "./table.ts";

describe("JSX", () => {
  specify([
    [
      "calls functions that are imported for it, under names that no other cell has",
      "const a = <b c={d}>e</b>",
      'let { "jsx": __loopbook_7__jsx } = __loopbook_imported(0);\nlet a = __loopbook_7__jsx("b", {\n\tc: d,\n\tchildren: "e"\n});',
    ],
    [
      "takes components, members and fragments",
      "const a = <><B /><c.D /></>",
      'let { "jsx": __loopbook_7__jsx, "Fragment": __loopbook_7__Fragment, "jsxs": __loopbook_7__jsxs } = __loopbook_imported(0);\nlet a = __loopbook_7__jsxs(__loopbook_7__Fragment, { children: [__loopbook_7__jsx(B, {}), __loopbook_7__jsx(c.D, {})] });',
    ],
    [
      "is the cell's value",
      "<a />",
      'let { "jsx": __loopbook_7__jsx } = __loopbook_imported(0);\n__loopbook_result(__loopbook_7__jsx("a", {}));',
    ],
    [
      "stands beside types, but for assertions of the form <T>x",
      "const f = <T,>(a: T) => <b>{a as string}</b>",
      'let { "jsx": __loopbook_7__jsx } = __loopbook_imported(0);\nlet f = (a) => __loopbook_7__jsx("b", { children: a });',
    ],
    ["calls the factory that a comment names", "/** @jsx h */ const a = <b />", '/** @jsx h */ let a = h("b", null);'],
    [
      "calls React.createElement where a comment asks for the classic way",
      "/* @jsxRuntime classic */ const a = <b />",
      '/* @jsxRuntime classic */ let a = React.createElement("b", null);',
    ],
    [
      "stands beside what only the complete compiler can do",
      "class A { accessor a = <b /> }",
      'let { "jsx": __loopbook_7_jsx } = __loopbook_imported(0);\nlet A = class A {\n  #a = /* @__PURE__ */ __loopbook_7_jsx("b", {});\n  get a() {\n    return this.#a;\n  }\n  set a(_) {\n    this.#a = _;\n  }\n};',
    ],
    ["is not what a type assertion is", "const a = <T>b", "let a = b;"],
    ["is not what a comparison is", "a < b > (c)", "__loopbook_result(a(c));"],
  ]);

  test("has its package loaded after all that the cell imports: one of them may be it", async () => {
    const { imports, names } = await compiled('const a = <b />;\nimport React from "npm:react@18"');
    expect(imports).toEqual([
      { specifier: "npm:react@18", names: ["default"] },
      { specifier: "react/jsx-runtime", names: ["jsx"], forJsx: true },
    ]);
    expect([...names].sort()).toEqual(["React", "a"]);
  });

  test("takes its functions from the package that a comment or an option names", async () => {
    const [commented, said] = await Promise.all([
      compiled("/** @jsxImportSource preact */ <a />"),
      compiled("<a />", { jsx: { ...DEFAULT_JSX, importSource: "solid-js/h" } }),
    ]);
    expect(commented.imports[0]?.specifier).toBe("preact/jsx-runtime");
    expect(said.imports[0]?.specifier).toBe("solid-js/h/jsx-runtime");
  });
});

describe("how JSX is to be compiled", () => {
  const automatic = { ...DEFAULT_JSX, importSource: "x" };
  const classic = { ...DEFAULT_JSX, runtime: "classic", factory: "x" } as const;

  test.each([
    ["as the options say", "<a />", automatic, automatic],
    [
      "with a package of the code's own",
      "// @jsxImportSource preact",
      classic,
      { ...classic, runtime: "automatic", importSource: "preact" },
    ],
    [
      "the classic way where a factory is named",
      "/* @jsx h */",
      automatic,
      { ...automatic, runtime: "classic", factory: "h" },
    ],
    [
      "with a factory and a fragment",
      "/** @jsx h @jsxFrag F */",
      automatic,
      { ...automatic, runtime: "classic", factory: "h", fragment: "F" },
    ],
    [
      "the automatic way where it is asked for",
      "/* @jsxRuntime automatic */",
      classic,
      { ...classic, runtime: "automatic" },
    ],
    ["not as a string says", "'@jsx h'", automatic, automatic],
  ] as const)("%s", (_what, source, options, expected) => {
    expect(jsxOf(source, options)).toEqual(expected);
  });
});
