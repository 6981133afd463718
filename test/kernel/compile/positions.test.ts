import { type Program, parseSync } from "oxc-parser";
import { describe, expect, test } from "vitest";
import { compile } from "../../../kernel/compile/compile.ts";
import { chain, type Position, positionAt } from "../../../kernel/compile/positions.ts";
import { childrenOf, isFunction, type Node } from "../../../kernel/compile/syntax-tree.ts";

/** Cells that change much on their way to V8. */
const CELLS: [what: string, written: string][] = [
  ["types", 'const x: number = 1 + foo<string>(2, "a")!.b.c as number\nlet y = <any>x satisfies unknown\nfoo(x, y)'],
  [
    "generics",
    "const f = <T extends object = {}>(a?: T, ...rest: T[]): a is T => a + rest.length\nf<Map<string, 1>>(x)",
  ],
  [
    "a class",
    "abstract class A<T> extends B<T> implements C {\n  private x?: number = 3;\n  static #p = 1;\n  get z(): number { return this.x }\n  static { A.#p++ }\n  abstract m(): void\n  [Symbol.iterator](): any { return boom }\n}\nnew A(1).z",
  ],
  [
    "functions that move",
    "const r = early(1);\nfunction early(n: number) { return late(n) }\nfunction late(n) { throw err + n }\nr",
  ],
  ["an object literal", "{ a: foo(1), b: [bar], 'c': x.y,\n  get d() { return 1 }, ...rest }"],
  [
    "letters outside ASCII",
    'const é = "😀", ñ = foo(é); /* 漢字 */ const 漢 = ñ + bar;\n/* 😀 */ 漢(1); "\\u{1F600}" + x',
  ],
  ["line ends as on Windows", "const a = 1;\r\nfoo(a,\r\n  b);\r\nif (a) {\r\n  bar()\r\n}"],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the cell's
  ["templates", "const t = `a${s}b${1 +\n 2}c${f(`${inner}`)}\n  ${end}`\ntag`x${t}\\n`"],
  [
    "var",
    "for (var i = 0, n = foo(); i < n; i++) { var z = bar(i) }\nvar { p, q: [r] } = baz, w = p\nfor (var k in o) k",
  ],
  [
    "endless loops",
    "while (true) if (done()) break\na: for (const b of c) { for (;;) { if (d) continue a; else break } }",
  ],
  ["loops that are cleaned up after", "try { do { x++ } while (x < 5) } finally { y() }"],
  [
    "async functions",
    "const f = async (a) => { await g(a) }\nasync function* gen() { yield 1; yield* other() }\nawait f(1)",
  ],
  [
    "async functions whose parameters do something",
    "class M { async m({ a }, b = foo()) { return a + b } }\nawait new M().m({ a: 1 })",
  ],
  ["for await", "for await (const x of gen(1)) {\n  x.y\n}"],
  [
    "exports",
    "export const a = foo();\nexport function b() { return bar }\nexport default class K extends L {}\nexport { a as c }",
  ],
  ["using", "using a = open(1), b = c;\nawait using d = e(f)\na.b"],
  ["constants that are assigned to", "const k = 1;\nk = foo(2); k += bar; [k] = baz"],
  ["literals", 'const r = /a(b)[/]c/giu, n = 0x1F, big = 10n, s = 1_000;\nr.test("x") ? n : big'],
  ["operators", "a?.b?.[c]?.(d) ?? e\nx = y ||= !z; delete o[p]; typeof q; void 0; (-a) ** b; i in j"],
  ["comments", "/* lead */ foo /* mid */ (1) // tail\n// line\n+ bar"],
  ["import() and import.meta", 'const m = await import("x" + y); import.meta.url + m.default'],
  ["coroutines", "const greet = coroutine(function () { return boom() })\ngreet()"],
  [
    "a block that shows its value",
    "{\n  const t = foo(1);\n  while (a) { if (t) bar(t) }\n  try { x.y } catch { z }\n}",
  ],
  ["several values", "foo(1), bar\n, 'last' + x"],
  ["a shebang", "#!/usr/bin/env node\nfoo(1)"],
  ["a semicolon behind an object", "/* { */ { a: foo(1), b: [bar] }; // }"],
  ["a pattern that assigns to a constant", "const k = 1;\n[a, b = foo(k)] = bar;\nfor (x.y of baz) x"],
];

/** Cells with what JavaScript has no words for: code that is made for it stands at its place. */
const LOWERED: [what: string, written: string][] = [
  ["a parameter property", "class A { constructor(public y: number, z = foo(1)) { super.m(); this.x! += y } }"],
  ["an enum", 'before();\nenum E { A, B = "x".length, C = f(E.A) }\nE.A + E.B'],
  ["a namespace", "namespace N {\n  export const a = foo(1);\n  export function g() { return a + bar }\n}\nN.g()"],
  ["decorators", "class A {\n  @log m() { return boom() }\n  @log other = 1 + x\n}\nnew A().m()"],
  ["imports that move", "before();\nimport a, { b as c } from 'x';\nimport * as n from \"y\"\nafter(a, c, n)"],
  ["an accessor", "class A { accessor b = foo(1); static accessor #c = bar }\nnew A().b"],
  ["a namespace that changes", "namespace N { export let a = foo(1); export function f() { a += bar } }\nN.f(), N.a"],
  ["JSX", 'const C = (p: P) => <b title="x" {...p}>hi {p.name + x}<C.d e={foo(1)} /></b>;\n<C name={bar} />'],
  ["a decorator in a block", "{\n  @log class A { m() { return boom() } }\n  new A().m()\n}"],
];

describe("every expression of a cell maps back to its place:", () => {
  test.each([...CELLS, ...LOWERED])("%s", async (_what, written) => {
    const found = new Set((await compiledNodes(written)).map(({ at }) => placeName(at)));
    expect(expressions(written)).not.toEqual([]);
    const lost = expressions(written).filter(({ start }) => !found.has(placeName(positionAt(written, start))));
    expect(lost.map(({ type, start, end }) => `${type} ${written.slice(start, end)}`)).toEqual([]);
  });
});

describe("what runs maps back to nothing else than its own text:", () => {
  test.each(CELLS)("%s", async (_what, written) => {
    const lines = written.split("\n");
    const astray = (await compiledNodes(written)).filter(
      ({ node, at }) => isUsersName(node) && at && !lines[at.line - 1]?.startsWith(node.name, at.column - 1),
    );
    expect(astray).toEqual([]);
  });
});

test("a step that knows no place ends the way back", () => {
  const down = chain([({ line, column }) => ({ line: line - 1, column }), (at) => (at.line > 0 ? at : undefined)]);
  expect(down({ line: 2, column: 5 })).toEqual({ line: 1, column: 5 });
  expect(down({ line: 1, column: 5 })).toBeUndefined();
});

test.each([
  [0, 1, 1],
  [3, 1, 4],
  [4, 2, 1],
  [8, 4, 1],
])("the UTF-16 offset %i is line %i, column %i", (offset, line, column) => {
  expect(positionAt("a😀\nb\r\n\nc", offset)).toEqual({ line, column });
});

const placeName = (at: Position | undefined): string => (at ? `${at.line}:${at.column}` : "");

/** The nodes of what V8 runs, each with the place that it stems from, if it has one. */
async function compiledNodes(written: string): Promise<{ node: Node; at: Position | undefined }[]> {
  const { script, positions } = await compile(written, { id: "7_" });
  const nodes = [...nodesOf(parse(script, "js").program, (child, parent) => !isFunctionName(child, parent))];
  return nodes.map((node) => ({ node, at: positions(positionAt(script, node.start)) }));
}

/** What the user wrote that is evaluated: an error, a stack trace or a breakpoint may point at any of these. */
function expressions(written: string): Node[] {
  const { program, moved } = readings(written);
  return [...nodesOf(program, isEvaluated)]
    .filter(({ type }) => /(?:Expression|Literal|Identifier|Super)$/.test(type) && !/^TS|^JSXIdentifier/.test(type))
    .map((node) => ({ ...node, start: node.start - moved }))
    .filter(({ start }) => !/[(<]/.test(written[start] ?? "(")); // a bracket is nothing that an error would point at
}

/** A cell as it was meant: as statements, with JSX, or as an expression in braces. */
function readings(written: string): { program: Program; moved: number } {
  const code = written.replace(/^#!/, "//");
  const expression = `(${code.replace(/;(?: \/\/.*)?$/, "")}\n)`;
  const attempts = [parse(code, "ts"), parse(code, "tsx"), parse(expression, "ts")];
  const read = attempts.findIndex(({ errors }) => errors.length === 0);
  const program = attempts[read]?.program;
  if (!program) throw new Error(`not TypeScript: ${written}`);
  return { program, moved: read === 2 ? 1 : 0 };
}

function parse(code: string, lang: "tsx" | "ts" | "js") {
  return parseSync("cell", code, { lang, sourceType: "module" });
}

/** A node and all below it that `follow` lets through. */
function* nodesOf(node: Node, follow: (child: Node, parent: Node) => boolean = () => true): Generator<Node> {
  yield node;
  for (const child of childrenOf(node)) if (follow(child, node)) yield* nodesOf(child, follow);
}

const TYPED = /^TS(?:As|Satisfies|NonNull|TypeAssertion|Instantiation|ParameterProperty|Enum|Module)/;

function isEvaluated(child: Node, parent: Node): boolean {
  if (child.type.startsWith("TS")) return TYPED.test(child.type);
  if (isFunction(parent) && child === parent.id) return false; // its name is that of the variable
  return !/^(?:Import|ExportAll)Declaration$|^ExportSpecifier$|^MetaProperty$/.test(parent.type);
}

/** `let f = function …`: the user wrote the name elsewhere, and nothing can go wrong at it. */
const isFunctionName = (child: Node, parent: Node): boolean =>
  parent.type === "VariableDeclarator" && child === parent.id && parent.init?.type === "FunctionExpression";

const isUsersName = (node: Node): node is Extract<Node, { type: "Identifier" }> =>
  node.type === "Identifier" && !/^(?:__loopbook_|\$|value$)/.test(node.name);
