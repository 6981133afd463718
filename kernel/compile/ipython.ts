// What people write who come from notebooks of Python: commands of IPython, which no TypeScript cell has. They are told what
// to write here.

/** A line that is one of IPython's. */
export interface ForeignLine {
  /** From 1. */
  line: number;
  message: string;
}

const MAGIC = /^\s*(%%?[a-z_]\w*)(.*)$/i;
/** A word and what may follow one in a shell; `!done && …` is TypeScript. */
const SHELL = /^\s*!{1,2}\s*([a-z][\w./-]*(?:\s+[^\s=&|(?<>*+;:].*)?)\s*$/i;
const HELP = /^\s*(?:\?{1,2}\s*([\w$.]+)|([\w$.]+)\s*\?{1,2})\s*;?\s*$/;

/** Looks at one line of a cell that failed. */
export function foreignLine(source: string, line: number): ForeignLine | undefined {
  const text = source.split("\n")[line - 1] ?? "";
  const [, magic, rest = ""] = MAGIC.exec(text) ?? [];
  if (magic !== undefined) return { line, message: `${magic} is a command of IPython. ${instead(magic, rest.trim())}` };
  const [, command] = SHELL.exec(text) ?? [];
  if (command !== undefined) return { line, message: `${text.trim()} runs a program in IPython. ${program(command)}` };
  const [, before, after] = HELP.exec(text) ?? [];
  const name = before ?? after;
  if (name === undefined) return undefined;
  return {
    line,
    message: `${text.trim()} asks IPython for help. Here: Shift+Tab behind ${name}, or a cell that ends in ${name} shows it`,
  };
}

function instead(magic: string, rest: string): string {
  const name = magic.replace(/^%+/, "").toLowerCase();
  switch (name) {
    case "time":
    case "timeit":
    case "prun":
      return 'Here: console.time("it"); … console.timeEnd("it")';
    case "matplotlib":
    case "pylab":
    case "config":
      return "Here: nothing to set up, a cell that ends in a chart shows it. Leave the line out";
    case "load_ext":
    case "autoreload":
    case "reload_ext":
      return "Here: files beside the notebook are read again when they change. Leave the line out";
    case "pip":
    case "conda":
    case "npm":
    case "yarn":
      return installation(rest);
    case "html":
    case "markdown":
    case "svg":
    case "latex":
      return `Here: display({ "${TYPES[name]}": "…" }, { raw: true })`;
    case "cd":
      return `Here: process.chdir(${JSON.stringify(rest || "..")})`;
    case "pwd":
      return "Here: process.cwd()";
    case "env":
    case "set_env":
      return "Here: process.env";
    case "run":
      return `Here: import ${JSON.stringify(`./${rest || "file.ts"}`)}`;
    case "writefile":
    case "file":
      return `Here: require("node:fs").writeFileSync(${JSON.stringify(rest || "file")}, "…")`;
    case "bash":
    case "sh":
    case "system":
    case "sx":
    case "script":
      return program(rest || "ls -la");
    case "js":
    case "javascript":
    case "typescript":
    case "ts":
      return "Here: cells are TypeScript as they are. Leave the line out";
    default:
      return "Here: cells are TypeScript, without such commands. Leave the line out";
  }
}

const TYPES: { [name: string]: string } = {
  html: "text/html",
  markdown: "text/markdown",
  svg: "image/svg+xml",
  latex: "text/latex",
};

function program(command: string): string {
  if (/^(?:pip3?|conda|npm|yarn|pnpm)\s+(?:i|install|add)\b/.test(command))
    return installation(command.replace(/^\S+\s+\S+\s*/, ""));
  return `Here: require("node:child_process").execSync(${JSON.stringify(command)}, { stdio: "inherit" })`;
}

function installation(packages: string): string {
  const name =
    packages.split(/\s+/).find((word) => word !== "" && !word.startsWith("-") && word !== "install") ?? "lodash";
  return `Here: import … from "npm:${name}" installs a package for this notebook`;
}
