// The `loopbook` command: reads the command line and hands over to one file a command.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import * as z from "zod/mini";
import { UsageError } from "./errors.ts";
import { installCommand } from "./install/command.js";
import { PACKAGE_ROOT } from "./install/kernelspec.js";

const FAILED = 1;
const BAD_USAGE = 2;

async function main(words: string[]): Promise<number> {
  // It has a parser of its own, which install.js needs before this file is built.
  if (words[0] === "install") return installCommand(words.slice(1), "loopbook install");
  let code = 0;
  const program = createProgram((result) => {
    code = result;
  });
  try {
    await program.parseAsync(words, { from: "user" });
    return code;
  } catch (error) {
    // Commander has printed its message; help and version come as errors with exit code 0.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : BAD_USAGE;
    if (error instanceof UsageError) {
      console.error(error.message);
      return BAD_USAGE;
    }
    console.error(error instanceof Error ? error.message : error);
    return FAILED;
  }
}

function createProgram(finish: (code: number) => void): Command {
  const program = new Command("loopbook")
    .description("TypeScript notebooks on one live event loop")
    .version(version())
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(inOneLine(text)) })
    .showHelpAfterError("`loopbook --help` lists the commands.");

  program
    .command("run")
    .showHelpAfterError("`loopbook run --help` lists the options.")
    .description("run notebooks headless; exit code 1 if a cell fails, or is not as it should be (--check)")
    .argument("<notebooks...>", "notebook files")
    .option("-o, --output <dir>", "write the notebooks with their outputs into this folder")
    .option("--in-place", "write the outputs into the notebooks themselves")
    .addOption(TIMEOUT)
    .option("--allow-errors", "go on after a cell that fails, and say at the end how many did")
    .option("--verbose", "print what cells show, as it comes")
    .addOption(CHECK)
    .addOption(CLOCK)
    .addOption(
      new Option(
        "--types <mode>",
        "what becomes of type errors (default: as LOOPBOOK_TYPES or the notebook says, else off)",
      ).choices(TYPES),
    )
    .addOption(JOBS)
    .addOption(NO_INSTALL)
    .option("--report <file>", "write what came of it as JSON")
    .action(async (notebooks: string[], options: { [name: string]: unknown }) => {
      const { runCommand } = await import("./run/command.ts");
      finish(await runCommand(notebooks, runOptions.parse(options)));
    });

  program
    .command("export")
    .showHelpAfterError("`loopbook export --help` lists the options.")
    .description("write notebooks as web pages that need nothing else")
    .argument("<notebooks...>", "notebook files")
    .requiredOption("-o, --output <dir>", "the folder for the pages")
    .option("--run", "run the notebooks first, and export what comes out")
    .addOption(TIMEOUT)
    .addOption(CHECK)
    .addOption(CLOCK)
    .addOption(JOBS)
    .addOption(NO_INSTALL)
    .addOption(new Option("--theme <theme>", "the colours, until the reader chooses").choices(THEMES).default("auto"))
    .option("--title <text>", "the title of the index page of several notebooks", "Notebooks")
    .option("--trust", "keep the notebooks' HTML and scripts as they are")
    .action(async (notebooks: string[], options: { [name: string]: unknown }) => {
      const { exportCommand } = await import("./export/command.ts");
      finish(await exportCommand(notebooks, exportOptions.parse(options)));
    });

  program
    .command("doctor")
    .description("check the engine, the kernel and Jupyter, and say what to do about each fault")
    .action(async () => {
      const { doctorCommand } = await import("./doctor/command.ts");
      finish(await doctorCommand());
    });

  program.command("install").description("install the kernel for Jupyter (see `loopbook install --help`)");
  return program;
}

/** Commander puts "(Did you mean --check?)" into a line of its own. */
const inOneLine = (text: string): string => `${text.trimEnd().replaceAll("\n", " ")}\n`;

// Of every command that runs notebooks.
const TIMEOUT = new Option("--timeout <seconds>", "interrupt a cell that takes longer").argParser(seconds);
const JOBS = new Option(
  "--jobs <number>",
  "how many notebooks run at once (default: 1; on the virtual clock four a core)",
).argParser(count);
const CHECK = new Option(
  "--check",
  "compare what the run shows with the saved outputs, and each stated time with the measured one",
);
const CLOCKS = ["real", "virtual"] as const;
const CLOCK = new Option("--clock <clock>", "the notebooks' time: as it passes, or exact and at once").choices(CLOCKS);
const NO_INSTALL = new Option("--no-install", "install no packages that cells import as npm:<name>");
const running = {
  timeout: z.optional(z.number()),
  jobs: z.optional(z.number()),
  install: z.boolean(),
  check: z.optional(z.boolean()),
  clock: z.optional(z.enum(CLOCKS)),
};

const TYPES = ["warn", "strict", "off"] as const;
const runOptions = z.object({
  output: z.optional(z.string()),
  inPlace: z.optional(z.boolean()),
  ...running,
  allowErrors: z.optional(z.boolean()),
  verbose: z.optional(z.boolean()),
  types: z.optional(z.enum(TYPES)),
  report: z.optional(z.string()),
});

const THEMES = ["light", "dark", "auto"] as const;
const exportOptions = z.object({
  output: z.string(),
  ...running,
  run: z.optional(z.boolean()),
  theme: z.enum(THEMES),
  title: z.string(),
  trust: z.optional(z.boolean()),
});

function seconds(value: string): number {
  const number = Number(value);
  if (!(number > 0) || value.trim() === "") throw new InvalidArgumentError("It must be a number of seconds above 0.");
  return number;
}

function count(value: string): number {
  if (!/^[1-9]\d{0,3}$/.test(value)) throw new InvalidArgumentError("It must be a whole number above 0.");
  return Number(value);
}

function version(): string {
  const text = readFileSync(join(PACKAGE_ROOT, "package.json"), "utf8");
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}

process.exitCode = await main(process.argv.slice(2));
