// An error as a front end shows it: what went wrong, the line of the cell it happened in, how the program got there.

import { stripVTControlCharacters } from "node:util";
import { CellSyntaxError } from "../compile/syntax-error.ts";
import { bounded, inspected, isError } from "../display/inspected.ts";
import { errorMessage, errorName, ownProperties, relatedErrors, stackLines } from "./error-parts.ts";
import { BOLD, codeLines, excerpt, placeLine, RESET } from "./excerpt.ts";
import type { Script, Scripts } from "./scripts.ts";
import { undeclaredHint } from "./undeclared.ts";

/** The content of an `error` message. */
export interface ErrorContent {
  ename: string;
  evalue: string;
  traceback: string[];
}

/** In UTF-16 units. */
const LONGEST_MESSAGE = 20_000;
const MAX_DEPTH = 6;
/** Errors that one traceback shows, and members of a group. */
const MOST_ERRORS = 40;
const MOST_MEMBERS = 10;
const MOST_FRAMES = 50;
const MOST_PROPERTIES = 50;

/** Describes anything thrown. `script`: the cell that did not compile, for a syntax error. */
export function errorContent(thrown: unknown, scripts: Scripts, script?: Script): ErrorContent {
  if (!isError(thrown)) {
    const evalue = inspected(thrown, { depth: 3 });
    return { ename: "Uncaught", evalue, traceback: [`${BOLD}Uncaught${RESET} ${evalue}`] };
  }
  return {
    ename: errorName(thrown).toWellFormed(),
    evalue: message(thrown),
    traceback: new Description(scripts).lines(thrown, script).map((line) => line.toWellFormed()),
  };
}

class Description {
  readonly #scripts: Scripts;
  /** The errors that the one being described is a cause or a member of. */
  readonly #around: Error[] = [];
  #count = 0;

  constructor(scripts: Scripts) {
    this.#scripts = scripts;
  }

  lines(error: Error, script?: Script): string[] {
    this.#count++;
    const lines = [title(error)];
    if (error instanceof CellSyntaxError) {
      const shown = error.file ?? script;
      if (shown && error.position) lines.push(...excerpt(shown, error.position));
      return error.hint ? [...lines, error.hint] : lines;
    }
    const { frames, hint } = this.#frames(error);
    lines.push(...(hint === undefined ? [] : [hint]), ...frames);
    const properties = ownProperties(error, MOST_PROPERTIES);
    if (properties) lines.push(inspected(properties.shown, { depth: 3 }));
    if (properties?.more) lines.push(`… ${properties.more.toLocaleString("en")} more properties`);
    this.#around.push(error);
    lines.push(...this.#related(error));
    this.#around.pop();
    return lines;
  }

  #related(error: Error): string[] {
    const related = relatedErrors(error, MOST_MEMBERS);
    if (related.length > 0 && (this.#around.length > MAX_DEPTH || this.#count > MOST_ERRORS)) return ["…"];
    return related.flatMap((member) => {
      const lines = "error" in member ? this.#member(member.error) : [];
      return ["", member.title, ...lines.flatMap((line) => line.split("\n")).map((line) => `  ${line}`)];
    });
  }

  #member(error: unknown): string[] {
    if (!isError(error)) return [inspected(error, { depth: 3 })];
    if (this.#around.includes(error)) return [`${title(error)} (the same error as above: a circle)`];
    return this.lines(error);
  }

  /** The stack, with the line of source shown for the innermost frame that the user wrote. */
  #frames(error: Error): { frames: string[]; hint: string | undefined } {
    const stack = stackLines(error);
    const lines: string[] = [];
    let excerptShown = false;
    let hint: string | undefined;
    for (const line of stack.slice(0, MOST_FRAMES)) {
      const match = CELL_FRAME.exec(line)?.groups;
      const script = match && this.#scripts.named(match.file ?? "");
      if (!match || !script) {
        lines.push(line);
        continue;
      }
      const position = { line: Number(match.line), column: Number(match.column) };
      const place = match.name ? `, in ${match.name}` : "";
      lines.push(`    ${placeLine(script.name, position)}${place}`);
      if (excerptShown) continue;
      excerptShown = true;
      lines.push(...codeLines(script, position));
      if (error instanceof ReferenceError) hint = undeclaredHint(errorMessage(error), script.source, position);
    }
    if (stack.length > MOST_FRAMES) lines.push(`    … ${stack.length - MOST_FRAMES} more`);
    return { frames: lines, hint };
  }
}

const title = (error: Error): string => `${BOLD}${errorName(error)}${RESET}: ${message(error)}`;

/** Without colours, which assertions and others put into their messages: few of them can be read on the red of an error. */
const message = (error: Error): string => bounded(stripVTControlCharacters(errorMessage(error)), LONGEST_MESSAGE);

const CELL_FRAME = /^ {4}at (?:async (?!.*\())?(?:(?<name>.+?) \()?(?<file>[^()]+?):(?<line>\d+):(?<column>\d+)\)?$/;
