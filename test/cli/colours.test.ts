// Which streams get colours.

import { expect, test } from "vitest";
import { hasColours } from "../../cli/colours.ts";

const terminal = { isTTY: true };
const pipe = {};

test.for<[string, object, NodeJS.ProcessEnv, boolean]>([
  ["a terminal", terminal, {}, true],
  ["a terminal that knows none", terminal, { TERM: "dumb" }, false],
  ["a terminal that says it has none", { ...terminal, hasColors: () => false }, {}, false],
  ["a terminal whose user wants none", terminal, { NO_COLOR: "1" }, false],
  ["an empty NO_COLOR", terminal, { NO_COLOR: "" }, true],
  ["a pipe", pipe, {}, false],
  ["a pipe where they are forced", pipe, { FORCE_COLOR: "1" }, true],
  ["FORCE_COLOR beside NO_COLOR", pipe, { FORCE_COLOR: "3", NO_COLOR: "1" }, true],
  ["FORCE_COLOR=0", terminal, { FORCE_COLOR: "0" }, false],
])("%s", ([, stream, env, expected]) => {
  expect(hasColours(stream, env)).toBe(expected);
});
