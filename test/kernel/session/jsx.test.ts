import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { write } from "./project-files.ts";
import { SessionProcess } from "./session-process.ts";

/** A package whose elements tell which package made them. */
function install(session: SessionProcess, name: string, folder = join(session.directory, "node_modules", name)): void {
  mkdirSync(folder, { recursive: true });
  const make = (how: string) => `(type, props) => ({ by: ${JSON.stringify(`${name}, ${how}`)}, type, props })`;
  const files = {
    "package.json": JSON.stringify({
      name,
      type: "module",
      exports: { ".": "./index.js", "./jsx-runtime": "./jsx.js" },
    }),
    "index.js": `export const createElement = ${make("createElement")}; export default { createElement, Fragment: "fragment" };`,
    "jsx.js": `export const jsx = ${make("jsx")}; export const jsxs = jsx; export const Fragment = "fragment";`,
  };
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
}

async function last(session: SessionProcess, ...cells: string[]): Promise<string> {
  let text = "";
  for (const cell of cells) ({ text } = await session.run(cell));
  return text;
}

describe("JSX in a cell", () => {
  test("makes elements of React, without an import", async () => {
    using session = new SessionProcess();
    install(session, "react");
    expect(await last(session, 'const el = <b title="x">hi {1 + 1}</b>; [el.by, el.type, el.props]')).toBe(
      "[ 'react, jsx', 'b', { title: 'x', children: [ 'hi ', 2 ] } ]",
    );
    expect(await last(session, "const Item = ({ n }: { n: number }) => <i>{n}</i>", "(<><Item n={1} /></>).type")).toBe(
      "'fragment'",
    );
  });

  test("makes elements of the package that a comment names; components of other cells keep theirs", async () => {
    using session = new SessionProcess();
    for (const name of ["react", "preact"]) install(session, name);
    await session.run("const Old = () => <b />");
    expect(await last(session, "/** @jsxImportSource preact */\n[(<i />).by, Old().by]")).toBe(
      "[ 'preact, jsx', 'react, jsx' ]",
    );
    expect(await last(session, "Old().by")).toBe("'react, jsx'");
  });

  test("makes elements as the notebook's tsconfig.json says", async () => {
    const compilerOptions = { jsx: "react", jsxFactory: "h" };
    using session = new SessionProcess({ "tsconfig.json": JSON.stringify({ compilerOptions }) });
    expect(await last(session, "const h = (type: string) => 'made ' + type", "<b />")).toBe("'made b'");
  });

  test("finds React where the notebook has installed it for itself", async () => {
    using session = new SessionProcess();
    install(session, "react", join(session.directory, ".loopbook/notebook/node_modules/react--18"));
    expect(await last(session, 'import React from "npm:react@18"; (<b />).by')).toBe("'react, jsx'");
    expect(await last(session, "(<i />).by")).toBe("'react, jsx'");
  });

  test("finds a package that imports itself by its own name, as preact does", async () => {
    using session = new SessionProcess();
    const folder = ".loopbook/notebook/node_modules/tiny--1";
    write(session, {
      [`${folder}/package.json`]: {
        name: "tiny",
        exports: { ".": "./index.mjs", "./jsx-runtime": "./jsx-runtime/jsx.mjs" },
      },
      [`${folder}/index.mjs`]: "export const make = (type) => 'tiny ' + type;",
      [`${folder}/jsx-runtime/package.json`]: { name: "jsx-runtime" },
      [`${folder}/jsx-runtime/jsx.mjs`]: 'export { make as jsx } from "tiny";',
    });
    expect(await last(session, "/** @jsxImportSource npm:tiny@1 */\n<b />")).toBe("'tiny b'");
  });

  test("says what to write where its package is missing", async () => {
    using session = new SessionProcess();
    const text = await last(session, "<b />");
    expect(text).toContain('JSX calls functions of "react/jsx-runtime", which cannot be found.');
    expect(text).toContain('import * as React from "npm:react"');
    expect(text).toContain("/** @jsxImportSource npm:preact */");
  });

  test("is told what is wrong in it as other code is", async () => {
    using session = new SessionProcess();
    expect(await last(session, "const el =\n  <b>{}</c>")).toMatch(/SyntaxError: [\s\S]* line 2:/);
  });
});
