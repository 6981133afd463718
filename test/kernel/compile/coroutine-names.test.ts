import { describe } from "vitest";
import { specify } from "./table.ts";

describe("a function that is given to coroutine()", () => {
  specify([
    [
      "is named after the variable: warnings, tasks and what is printed show it",
      "const greet = coroutine(() => 1)",
      'let greet = coroutine({ "greet": () => 1 }["greet"]);',
    ],
    [
      "is named where it is written with `function`",
      "const greet = coroutine(function () {})",
      'let greet = coroutine({ "greet": function() {} }["greet"]);',
    ],
    [
      "is named inside a function too",
      "let f = () => {\n\tconst g = coroutine(() => 1);\n}",
      'let f = () => {\n\tconst g = coroutine({ "g": () => 1 }["g"]);\n};',
    ],
    [
      "keeps a name of its own",
      "const greet = coroutine(function hello() {})",
      "let greet = coroutine(function hello() {});",
    ],
    ["keeps further arguments", "const g = coroutine(() => 1, o)", 'let g = coroutine({ "g": () => 1 }["g"], o);'],
    ["has no name in a pattern", "const [g] = coroutine(() => 1)", "let [g] = coroutine(() => 1);"],
    ["is not meant where another function is called", "const g = other(() => 1)", "let g = other(() => 1);"],
  ]);
});
