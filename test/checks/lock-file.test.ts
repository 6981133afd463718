import { expect, test } from "vitest";
import { faultsOfLockFile } from "../../checks/lock-file.ts";

const faults = (packages: object): string[] => faultsOfLockFile(JSON.stringify({ lockfileVersion: 3, packages }));

test("a lock file is whole if it has each package that one of its packages asks for", () => {
  const packages = {
    "": { dependencies: { parser: "^1.0.0" } },
    "node_modules/parser": { optionalDependencies: { "@parser/mac": "1.0.0", "@parser/linux": "1.0.0" } },
    "node_modules/@parser/mac": { os: ["darwin"] },
    "node_modules/parser/node_modules/@parser/linux": { os: ["linux"] },
  };
  expect(faults(packages)).toEqual([]);
});

test("a package of another platform that is missing is named", () => {
  const packages = {
    "": { devDependencies: { parser: "^1.0.0" } },
    "node_modules/parser": { optionalDependencies: { "@parser/mac": "1.0.0" } },
  };
  expect(faults(packages)).toEqual([
    expect.stringMatching(/^@parser\/mac, which node_modules\/parser asks for, is not in/),
  ]);
});

test("a package beside the one that asks is no help if it is in another's folder", () => {
  const packages = {
    "": { dependencies: { a: "1", b: "1" } },
    "node_modules/a": { dependencies: { c: "1" } },
    "node_modules/b": {},
    "node_modules/b/node_modules/c": {},
  };
  expect(faults(packages)).toHaveLength(1);
});

test("a registry's address and a field that npm 10 takes out are faults", () => {
  const packages = {
    "": { dependencies: { a: "1" } },
    "node_modules/a": { resolved: "https://registry.example/a-1.0.0.tgz", libc: ["glibc"] },
  };
  expect(faults(packages)).toEqual([
    expect.stringContaining('take out its "resolved"'),
    expect.stringContaining('"libc"'),
  ]);
});
