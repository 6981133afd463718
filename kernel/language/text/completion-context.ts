// What stands before the cursor: the beginning of a name, of a member of something, or of a key in brackets.

import { scan, type Token } from "./tokens.ts";

export type CompletionContext =
  /** `pre|`: a name in scope. */
  | { kind: "name"; prefix: string; start: number }
  /** `object.pre|`: a member. */
  | { kind: "member"; object: string; prefix: string; start: number }
  /** `object["pre|`: a string key. */
  | { kind: "key"; object: string; prefix: string; start: number; quote: string }
  | { kind: "none" };

const CLOSER_TO_OPENER: { [closer: string]: string } = { ")": "(", "]": "[", "}": "{" };
/** These look like names but do not end an expression, so nothing before them belongs to it. */
const NOT_OPERANDS = new Set([
  "return",
  "typeof",
  "await",
  "new",
  "in",
  "of",
  "case",
  "void",
  "delete",
  "else",
  "do",
  "throw",
  "yield",
  "instanceof",
]);

/** Reads the context of a cursor at a UTF-16 index. */
export function completionContext(code: string, cursor: number): CompletionContext {
  const { tokens, within } = scan(code.slice(0, cursor));
  if (within === "string") return keyContext(code, tokens);
  if (within !== "code") return { kind: "none" };
  const last = tokens.at(-1);
  const typing = last?.kind === "name" && last.end === cursor;
  const prefix = typing ? last.text : "";
  const start = cursor - prefix.length;
  const dot = tokens.at(typing ? -2 : -1);
  if (dot?.text === "." || dot?.text === "?.") {
    const object = expressionBefore(code, tokens.slice(0, tokens.indexOf(dot)));
    return object === undefined ? { kind: "none" } : { kind: "member", object, prefix, start };
  }
  if (!typing && last?.kind === "number" && last.end === cursor) return { kind: "none" };
  return { kind: "name", prefix, start };
}

/** The expression that ends with the last token, as source text: names, members, indexes, calls, literals. */
export function expressionBefore(code: string, tokens: Token[]): string | undefined {
  let index = tokens.length - 1;
  const end = tokens[index]?.end;
  let start: number | undefined;
  for (;;) {
    // `x!` says something to the compiler only.
    while (tokens[index]?.text === "!" && start !== undefined) index--;
    if (start === undefined) while (tokens[index]?.text === "!") index--;
    index = skipOperand(tokens, index);
    const operand = tokens[index];
    if (!operand) break;
    start = operand.start;
    const before = tokens[index - 1];
    const suffix = operand.text === "(" || operand.text === "[";
    // `f(1)`, `a[0]`: what is called or indexed belongs to it.
    if (suffix && before && endsOperand(before)) index--;
    else if (before?.text === "." || before?.text === "?.") index -= 2;
    else break;
  }
  if (start === undefined || end === undefined) return undefined;
  return code.slice(start, end).replace(/!+(?=\s*(?:\.|\?\.|\[|\(|$))/g, "");
}

/** The index of the first token of the operand that ends at `index`; -1 if none does. */
function skipOperand(tokens: Token[], index: number): number {
  const token = tokens[index];
  if (!token || !endsOperand(token)) return -1;
  if (token.kind === "template") {
    for (let i = index - 1; i >= 0; i--) if (tokens[i]?.kind === "template" && tokens[i]?.text === "`") return i;
    return -1;
  }
  const opener = token.kind === "punctuation" ? CLOSER_TO_OPENER[token.text] : undefined;
  if (opener === undefined) return index;
  let depth = 0;
  for (let i = index; i >= 0; i--) {
    const { kind, text } = tokens[i] ?? { kind: "punctuation", text: "" };
    if (kind !== "punctuation") continue;
    if (text === token.text) depth++;
    else if (text === opener && --depth === 0) return i;
  }
  return -1;
}

function endsOperand(token: Token): boolean {
  if (token.kind === "name") return !NOT_OPERANDS.has(token.text);
  return token.kind !== "punctuation" || ")]}".includes(token.text);
}

function keyContext(code: string, tokens: Token[]): CompletionContext {
  const string = tokens.at(-1);
  const bracket = tokens.at(-2);
  if (!string || bracket?.text !== "[") return { kind: "none" };
  const object = expressionBefore(code, tokens.slice(0, -2));
  const quote = string.text.charAt(0);
  const prefix = string.text.slice(1);
  return object === undefined ? { kind: "none" } : { kind: "key", object, prefix, start: string.start + 1, quote };
}
