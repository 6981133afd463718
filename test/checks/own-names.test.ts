import { expect, test } from "vitest";
import { ownNames } from "../../checks/own-names.ts";

test("the package's own names lead to the sources of what it exports and of what only itself imports", () => {
  const packageJson = {
    name: "loopbook",
    exports: {
      ".": { types: "./dist/types/runtime/index.d.ts", default: "./dist/runtime/index.js" },
      "./testing": { types: "./dist/types/runtime/testing.d.ts" },
      "./package.json": "./package.json",
    },
    imports: { "#runtime": { types: "./dist/types/runtime/index.d.ts" } },
  };
  expect([...ownNames(JSON.stringify(packageJson))]).toEqual([
    ["loopbook", "runtime/index.ts"],
    ["loopbook/testing", "runtime/testing.ts"],
    ["#runtime", "runtime/index.ts"],
  ]);
});
