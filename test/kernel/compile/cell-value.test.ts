import { describe, expect, test } from "vitest";
import { compiled, specify } from "./table.ts";

describe("the value of a cell", () => {
  specify([
    ["is that of its last statement, if that is an expression", "a;\nb", "a;\n__loopbook_result(b);"],
    ["is one value where commas part expressions", "a, b", "__loopbook_result((a, b));"],
    [
      "is not lost to a semicolon, empty statements or comments after it",
      "a;;\n// done",
      "__loopbook_result(a);\n;\n// done",
    ],
    ["is not lost to types and exports after it", "a;\ntype T = 1;\nexport {}", "__loopbook_result(a);\n;"],
    ["is that of the default export", "export default a", "__loopbook_result(a);"],
    ["is not what a loop happened to end with", "for (const a of b) a;", "for (const a of b) a;"],
    ["is not what a declaration declares", "a;\nlet b = 1", "a;\nlet b = 1;"],
    ["is not that of a block beside others", "a;\n{\n\tb;\n}", "a;\n{\n\tb;\n}"],
    ["is nothing where there is nothing", "", ""],
  ]);
});

describe("a value that nobody will see", () => {
  specify([
    [
      "is looked at where a call gave it: a coroutine that is dropped was forgotten to be awaited",
      "f();\n0",
      "__loopbook_discard(f());\n__loopbook_result(0);",
    ],
    [
      "is looked at inside functions too",
      "let g = () => {\n\tf();\n}",
      "let g = () => {\n\t__loopbook_discard(f());\n};",
    ],
    [
      "is left alone where it cannot be a coroutine",
      "a.b;\nnew C();\n`t`;\n0",
      "a.b;\nnew C();\n`t`;\n__loopbook_result(0);",
    ],
    [
      "is left alone where super() makes `this`",
      "let A = class extends B {\n\tconstructor() {\n\t\tsuper();\n\t}\n}",
      "let A = class extends B {\n\tconstructor() {\n\t\tsuper();\n\t}\n};",
    ],
  ]);
});

/** What is written between `{` and `}`, and what runs between the block's variable and its result. */
const block = ([why, written, runs]: [string, string, string]): [string, string, string] => [
  why,
  `{ ${written} }`,
  `{ let __loopbook_value;\n\t${runs}\n__loopbook_result(__loopbook_value); }`,
];

describe("a cell that is one block shows what the block ends with:", () => {
  const rows: [string, string, string][] = [
    ["the last expression", "let a = 1; a;", "let a = 1;\n\t__loopbook_value = (0, a);"],
    ["that before a declaration", "a; let b = 1;", "__loopbook_value = (0, a);\n\tlet b = 1;"],
    ["either branch", "if (a) b; else c;", "if (a) __loopbook_value = (0, b);\n\telse __loopbook_value = (0, c);"],
    ["nothing where no branch is taken", "a; if (b) c;", "a;\n\tif (b) __loopbook_value = (0, c);"],
    ["a loop's last turn", "for (const a of b) a;", "for (const a of b) __loopbook_value = (0, a);"],
    [
      "nothing of an earlier turn",
      "while (a) if (b) c;",
      "while (a) { __loopbook_value = undefined; if (b) __loopbook_value = (0, c); }",
    ],
    [
      "what was tried or what caught it, not what cleaned up",
      "try { a; } catch { b; } finally { c; }",
      "try {\n\t\t__loopbook_value = (0, a);\n\t} catch {\n\t\t__loopbook_value = (0, b);\n\t} finally {\n\t\tc;\n\t}",
    ],
    [
      "each case",
      "switch (a) { case 1: b; break; default: c; }",
      "switch (a) {\n\t\tcase 1:\n\t\t\t__loopbook_value = (0, b);\n\t\t\tbreak;\n\t\tdefault: __loopbook_value = (0, c);\n\t}",
    ],
    ["that of a block inside, and not of an empty one", "{ a; } {}", "{\n\t\t__loopbook_value = (0, a);\n\t}\n\t{}"],
    ["what stands behind a label", "a: b;", "a: __loopbook_value = (0, b);"],
    ["nothing that a function does", "let f = () => { a; };", "let f = () => {\n\t\ta;\n\t};"],
    ["no name for a function that has none", "(function () {});", "__loopbook_value = (0, (function() {}));"],
  ];
  // `{ a: b; }` can be no object, because of its semicolon.
  specify(rows.map(block));

  test("with comments around it, and types beside it", async () => {
    const { script } = await compiled("// first\n{ let a = 1; a }\ntype T = 1 // last");
    expect(script).toContain("__loopbook_value = (0, a);");
  });
});

describe("braces alone in a cell", () => {
  const object = (code: string): string => `__loopbook_result((${code}));`;
  specify([
    ["are an object where they can be no block", "{ a: 1, b: 2 }", object("{\n\ta: 1,\n\tb: 2\n}")],
    ["are an object where a block would only have labels", "{ a: 1 }", object("{ a: 1 }")],
    ["are an object where its values have labels in turn", "{ a: { b: 1 } }", object("{ a: { b: 1 } }")],
    ["are an object of names", "{ a, b }", object("{\n\ta,\n\tb\n}")],
    ["are an object where there is nothing in them", "{}", object("{}")],
    ["are an object before a semicolon", "{ a: 1, b: 2 };", object("{\n\ta: 1,\n\tb: 2\n}")],
    ["are an object among comments", "/* { */ { a: 1 } // }", object("/* { */ { a: 1 }")],
    [
      "are an object of methods and accessors",
      "{ get a() { return 1 }, b() {} }",
      object("{\n\tget a() {\n\t\treturn 1;\n\t},\n\tb() {}\n}"),
    ],
    ["are an object whose property is asked for", "{ a: 1 }.a", "__loopbook_result(({ a: 1 }).a);"],
    ["are an object with a type", "{ a: 1 } as T", object("{ a: 1 }")],
    [
      "are a block that could be an object with a method `if`",
      ...block(["", "if (a) { b() }", "if (a) {\n\t\t__loopbook_value = (0, b());\n\t}"]).slice(1),
    ] as [string, string, string],
    [
      "are a block that could be an object with a method `while`",
      ...block([
        "",
        "while (a) { b }",
        "while (a) { __loopbook_value = undefined; {\n\t\t__loopbook_value = (0, b);\n\t} }",
      ]).slice(1),
    ] as [string, string, string],
    ["are a block where other statements follow", "{ a: 1 }\nb", "{\n\ta: 1;\n}\n__loopbook_result(b);"],
  ]);
});
