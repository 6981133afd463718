// What the parser complains of, in the words that TypeScript and V8 have taught their users, and at the token that is wrong.

import type { OxcError } from "oxc-parser";

export type ParserError = Pick<OxcError, "message" | "labels" | "helpMessage">;

export interface Complaint {
  message: string;
  /** In UTF-16 units; undefined where the parser does not tell. */
  offset: number | undefined;
  hint: string | undefined;
}

/** `offsetOf`: from the parser's offsets to those of the source. */
export function complaint(error: ParserError, source: string, offsetOf: (offset: number) => number): Complaint {
  const message = error.message.replace(/^TS\(\d+\): /, "").replace(/\.$/, "");
  const label = error.labels.find(({ message }) => !OTHER_PLACE.test(message ?? "")) ?? error.labels.at(-1);
  const given = { message: message.replace(/`([^`]+)`/g, "'$1'"), hint: error.helpMessage ?? undefined };
  if (!label) return { ...given, offset: undefined };
  const offset = offsetOf(label.start);
  const opening = error.labels.find(({ message }) => message === "Opened here");
  const opened = opening && openedAt(source, offsetOf(opening.start));
  return (
    expected(message, source, offset, opened) ??
    missingSemicolon(message, source, offset) ??
    unexpected(message, source, offset) ??
    unterminated(message, source, offset) ??
    invalidCharacter(message, offset) ?? { ...given, offset }
  );
}

/** Labels of places that are all right themselves. */
const OTHER_PLACE = /^Opened here$|already been declared here$/;

function expected(message: string, source: string, offset: number, opened: string | undefined): Complaint | undefined {
  const [, wanted] = /^Expected (.+) but found `.*`$/.exec(message) ?? [];
  if (wanted === undefined) return undefined;
  const found = tokenAt(source, offset);
  return {
    message: `${wanted.replaceAll("`", "'")} expected, but ${found === "" ? "the code ends here" : `found ${quoted(found)}`}`,
    offset: found === "" ? endOfCode(source) : offset,
    hint: found === "" ? opened : undefined,
  };
}

/** The parser points behind the statement that it has understood; what it has not is the token that follows. */
function missingSemicolon(message: string, source: string, offset: number): Complaint | undefined {
  if (!message.startsWith("Expected a semicolon")) return undefined;
  const at = skipSpace(source, offset);
  return {
    message: `Unexpected ${quoted(tokenAt(source, at))}: ';' or a new line expected`,
    offset: at,
    hint: undefined,
  };
}

function unexpected(message: string, source: string, offset: number): Complaint | undefined {
  if (message !== "Unexpected token") return undefined;
  const found = tokenAt(source, offset);
  const why = /(?:[=(,[+\-*/%&|^!~?<>]|=>|\b(?:return|throw|typeof|await|in|of))\s*$/.test(source.slice(0, offset))
    ? ": an expression is expected"
    : "";
  return found === ""
    ? { message: `Unexpected end of the code${why}`, offset: endOfCode(source), hint: undefined }
    : { message: `Unexpected ${quoted(found)}${why}`, offset, hint: undefined };
}

function unterminated(message: string, source: string, offset: number): Complaint | undefined {
  switch (message) {
    case "Unterminated string": {
      // Of a template, the parser tells the part that has no end.
      const isTemplate = source[offset] === "`" || source[offset] === "}";
      const start = isTemplate ? source.lastIndexOf("`", offset) : offset;
      const kind = isTemplate ? "template" : "string";
      return { message: `Unterminated ${kind} literal`, offset: start < 0 ? offset : start, hint: undefined };
    }
    case "Unterminated multiline comment":
      return { message: "'*/' expected: the comment has no end", offset, hint: undefined };
    case "Unterminated regular expression":
      return { message: "Unterminated regular expression literal", offset, hint: undefined };
    default:
      return undefined;
  }
}

function invalidCharacter(message: string, offset: number): Complaint | undefined {
  const [, character] = /^Invalid Character `(.+)`$/u.exec(message) ?? [];
  if (character === undefined) return undefined;
  const isQuote = /[\u2018-\u201f\u00ab\u00bb\u2032\u2033]/.test(character);
  const hint = isQuote
    ? `Text stands between " or ', typed as such: word processors make ${character} of them.`
    : undefined;
  return { message: `Invalid character '${character}'`, offset, hint };
}

/** The token that begins at an offset, or "" at the end. */
function tokenAt(source: string, offset: number): string {
  const token =
    /^(?:[\p{ID_Start}$_#@][\p{ID_Continue}$]*|\d[\w.]*|"[^"\n]*"?|'[^'\n]*'?|=>|\?\?|\?\.|\.{3}|[=!]==?|&&|\|\||[\s\S])/u;
  const rest = source.slice(skipSpace(source, offset));
  return token.exec(rest)?.[0] ?? "";
}

const quoted = (token: string): string => (/^["']/.test(token) ? token : `'${token}'`);

const skipSpace = (source: string, offset: number): number =>
  offset + (/^\s*/.exec(source.slice(offset))?.[0].length ?? 0);

/** Behind the last thing that was written: below that there is nothing to see. */
const endOfCode = (source: string): number => source.trimEnd().length;

function openedAt(source: string, offset: number): string {
  const before = source.slice(0, offset);
  return `The '${source[offset]}' in line ${before.split("\n").length} has not been closed.`;
}
