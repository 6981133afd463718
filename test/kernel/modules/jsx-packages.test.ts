import { expect, test } from "vitest";
import { JsxPackages, jsxError } from "../../../kernel/modules/jsx-packages.ts";

test("what JSX calls is where cells have its package from", () => {
  const packages = new JsxPackages();
  expect(packages.specifierOf("react/jsx-runtime")).toBe("react/jsx-runtime");
  packages.note("npm:react@18");
  packages.note("npm:react-dom@18/client");
  expect(packages.specifierOf("react/jsx-runtime")).toBe("npm:react@18/jsx-runtime");
  expect(packages.specifierOf("react")).toBe("npm:react@18");
  expect(packages.specifierOf("preact/jsx-runtime")).toBe("preact/jsx-runtime");
});

test("what was imported last counts, whatever module of the package it was", () => {
  const packages = new JsxPackages();
  packages.note("npm:@scope/ui@1");
  packages.note("npm:@scope/ui@2/hooks");
  packages.note("./local.ts");
  expect(packages.specifierOf("@scope/ui/jsx-runtime")).toBe("npm:@scope/ui@2/jsx-runtime");
});

test("a package that a comment names in full is that one", () => {
  expect(new JsxPackages().specifierOf("npm:preact@10/jsx-runtime")).toBe("npm:preact@10/jsx-runtime");
});

test("a package that is missing is told with what to write; other errors are their own", () => {
  const missing = Object.assign(new Error("not found"), { code: "ERR_MODULE_NOT_FOUND" });
  expect(String(jsxError(missing, "react/jsx-runtime"))).toContain('import * as React from "npm:react"');
  const other = new Error("other");
  expect([jsxError(other, "react/jsx-runtime"), other.message]).toEqual([other, "other"]);
});
