// The programs, and how each is run: as one cell, as cells cut at every statement, and by tsc and plain Node.

import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { parseSync } from "oxc-parser";
import * as z from "zod";
import type { SessionProcess } from "../session/session-process.ts";

export interface Program {
  name: string;
  code: string;
  /** Where cells differ: the sentence of `docs/differences.md` that says so. */
  differs: { [way in Way]?: string };
}

/** As one cell, or as cells cut at every statement of the top level. */
export type Way = "cell" | "cells";

const folder = fileURLToPath(new URL("programs/", import.meta.url));

/** The programs of a topic: `=== name`, the code, and `!!! cell: …` or `!!! cells: …` where a way differs. */
export function programsOf(topic: string): Program[] {
  const [, ...texts] = readFileSync(join(folder, topic), "utf8").split(/^=== /m);
  return texts.map((text) => {
    const [name = "", ...lines] = text.trimEnd().split("\n");
    const isNote = (line: string): boolean => line.startsWith("!!! ");
    const notes = lines.filter(isNote).map((line) => /^!!! (cells?): (.*)$/.exec(line) ?? []);
    const code = lines.filter((line) => !isNote(line)).join("\n");
    return { name, code, differs: Object.fromEntries(notes.map(([, way, why]) => [way, why])) };
  });
}

export const topics: readonly string[] = readdirSync(folder).sort();

/** What a program prints, up to the error that ends it. */
export async function printedByCells(session: SessionProcess, cells: readonly string[]): Promise<string> {
  let printed = "";
  for (const cell of cells) {
    const { reply, stdout } = await session.run(cell);
    printed += stdout;
    if (reply.status === "error") return `${printed}Uncaught ${reply.ename}: ${reply.evalue}\n`;
  }
  return printed;
}

/** A program, cut at every statement of the top level. */
export function statementsOf(code: string): string[] {
  const { program } = parseSync("cell.ts", code, { sourceType: "module" });
  const ends = program.body.map(({ end }) => end);
  return ends.map((end, index) => code.slice(index === 0 ? 0 : ends[index - 1], end));
}

const DRIVER = `
import { readdirSync } from "node:fs";
import { Console } from "node:console";
import { Writable } from "node:stream";
const printed = {};
for (const file of readdirSync(import.meta.dirname).filter((name) => name.startsWith("program_"))) {
  let text = "";
  const out = new Writable({ decodeStrings: false, write: (chunk, _, done) => { text += chunk; done(); } });
  globalThis.console = new Console({ stdout: out, stderr: out });
  try {
    await import("./" + file);
  } catch (error) {
    const isError = error instanceof Error;
    text += isError ? "Uncaught " + error.name + ": " + error.message + "\\n" : "Uncaught Uncaught: " + (await import("node:util")).inspect(error) + "\\n";
  }
  printed[file] = text;
}
process.stdout.write(JSON.stringify(printed));
`;

const run = promisify(execFile);

/** What plain Node prints for each program, once tsc has made JavaScript of it. */
export async function printedByNode(programs: readonly Program[]): Promise<string[]> {
  const directory = mkdtempSync(join(tmpdir(), "lb-semantics-"));
  try {
    mkdirSync(join(directory, "out"));
    writeFileSync(join(directory, "out/package.json"), '{ "type": "module" }');
    writeFileSync(join(directory, "package.json"), '{ "type": "module" }');
    const fileOf = (index: number): string => `program_${String(index).padStart(3, "0")}`;
    programs.forEach(({ code }, index) => {
      writeFileSync(join(directory, `${fileOf(index)}.ts`), `${code}\nexport {};\n`);
    });
    writeFileSync(join(directory, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts"] }));
    symlinkSync(fileURLToPath(new URL("../../../node_modules", import.meta.url)), join(directory, "node_modules"));
    await run(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "."], { cwd: directory });
    writeFileSync(join(directory, "out/driver.js"), DRIVER);
    const { stdout } = await run(process.execPath, ["out/driver.js"], { cwd: directory });
    const byFile = z.record(z.string(), z.string()).parse(JSON.parse(stdout));
    return programs.map((_, index) => byFile[`${fileOf(index)}.js`] ?? "");
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** All syntax that Node does not run yet is lowered; types are not checked, some programs are wrong on purpose. */
const compilerOptions = {
  target: "es2022",
  module: "nodenext",
  lib: ["esnext"],
  types: ["node"],
  outDir: "out",
  rootDir: ".",
  noCheck: true,
};
