import { describe } from "vitest";
import { specify } from "./table.ts";

/** Asked at each turn: 0.3 ns. */
const CHECK = "if (__loopbook_signals[0] !== 0) __loopbook_interrupted();";

describe("a loop without an end of its own asks at each turn whether an interrupt is pending", () => {
  specify([
    ["while (true)", "while (true) {\n\ta = 1;\n}", `while (true) { ${CHECK}\n\ta = 1;\n}`],
    ["while (1)", "while (1) a = 1;", `while (1) { ${CHECK} a = 1; }`],
    ["do … while (true)", "do {\n\ta = 1;\n} while (true)", `do { ${CHECK}\n\ta = 1;\n} while (true);`],
    ["for (;;)", "for (;;) a = 1;", `for (;;) { ${CHECK} a = 1; }`],
    ["for (; true;)", "for (; true;) a = 1;", `for (; true;) { ${CHECK} a = 1; }`],
    ["one with a label", "here: while (true) continue here;", `here: while (true) { ${CHECK} continue here; }`],
    [
      "one that is the body of another",
      "for (const k in a) for (;;) b = k;",
      `for (const k in a) for (;;) { ${CHECK} b = k; }`,
    ],
    [
      "one in a function",
      "() => {\n\tfor (;;) f(a = 1);\n}",
      `__loopbook_result(() => {\n\tfor (;;) { ${CHECK} __loopbook_discard(f(a = 1)); }\n});`,
    ],
  ]);
});

describe("a loop that something is to be cleaned up after asks too: V8's termination would run no `finally`", () => {
  specify([
    [
      "in a try with a finally",
      "try {\n\twhile (a) b = 1;\n} finally {\n\tc = 1;\n}",
      `try {\n\twhile (a) { ${CHECK} b = 1; }\n} finally {\n\tc = 1;\n}`,
    ],
    [
      "in the finally itself",
      "try {} finally {\n\twhile (a) b = 1;\n}",
      `try {} finally {\n\twhile (a) { ${CHECK} b = 1; }\n}`,
    ],
    [
      "in a block with a `using`",
      "if (ok) {\n\tusing a = b;\n\tfor (const x of c) d = x;\n}",
      `if (ok) {\n\tusing a = b;\n\tfor (const x of c) { ${CHECK} d = x; }\n}`,
    ],
    [
      "deeper inside",
      "try {\n\tif (a) for (const k in b) c = k;\n} finally {}",
      `try {\n\tif (a) for (const k in b) { ${CHECK} c = k; }\n} finally {}`,
    ],
    [
      "for await",
      "try {\n\tfor await (const x of a) b = x;\n} finally {}",
      `try {\n\tfor await (const x of __loopbook_iterate(a)) { ${CHECK} b = x; }\n} finally {}`,
    ],
  ]);
});

describe("any other loop runs at full speed", () => {
  specify([
    ["one with a condition", "while (a) b = 1;", "while (a) b = 1;"],
    ["one that never runs", "while (0) a = 1;", "while (0) a = 1;"],
    ["one that counts", "for (let i = 0; i < 9; i++) a = i;", "for (let i = 0; i < 9; i++) a = i;"],
    ["over values", "for (const x of a) b = x;", "for (const x of a) b = x;"],
    ["over keys", "for (const k in a) b = k;", "for (const k in a) b = k;"],
    ["in a try without a finally", "try {\n\twhile (a) b = 1;\n} catch {}", "try {\n\twhile (a) b = 1;\n} catch {}"],
    [
      "in a function inside of a try, which may run elsewhere",
      "try {\n\ta = () => {\n\t\twhile (b) c = 1;\n\t};\n} finally {}",
      "try {\n\ta = () => {\n\t\twhile (b) c = 1;\n\t};\n} finally {}",
    ],
  ]);
});
