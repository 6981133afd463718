// The text of a function as the user wrote it, from the text that V8 runs: `toString` is read by people, and runs elsewhere.

import { parseSync } from "oxc-parser";
import { INTRINSIC_PREFIX } from "./intrinsics.ts";
import { offsetOf, type Position, type PositionStep, positionAt } from "./positions.ts";
import { childrenOf, isFunction, type Node } from "./syntax-tree.ts";

/** What a script was made from. */
export interface ScriptOrigin {
  /** What V8 runs. */
  script: string;
  /** What the user wrote. */
  source: string;
  /** That as JavaScript. */
  code: string;
  /** From places in `script` to places in `source`, and in `code`. */
  positions: PositionStep;
  toCode: PositionStep;
}

/** Whether the compiler may have changed a function of this text: not most. It leaves out the names of some. */
export const mayBeRewritten = (text: string): boolean =>
  text.includes(INTRINSIC_PREFIX) || (ANONYMOUS.test(text) && !text.endsWith("{ [native code] }"));

const ANONYMOUS = /^(?:async\s+)?function\s*\*?\s*\(/;

/**
 * The text of a function of a script: as written where that is JavaScript, else without its types. `text`: as V8 has it; `name`: that of
 * the function, which tells it from others of the same text. Undefined if it is of another script.
 */
export function functionText(origin: ScriptOrigin, text: string, name: string): string | undefined {
  const found: Found[] = [];
  for (let at = origin.script.indexOf(text); at >= 0; at = origin.script.indexOf(text, at + 1)) {
    const written = writtenAt(origin, positionAt(origin.script, at));
    if (written) found.push(written);
  }
  const named = found.find((each) => each.name === name);
  // A nameless function of the user's own was not rewritten.
  return (named ?? (text.includes(INTRINSIC_PREFIX) ? found[0] : undefined))?.text;
}

interface Found {
  text: string;
  name: string | undefined;
}

function writtenAt({ source, code, positions, toCode }: ScriptOrigin, position: Position): Found | undefined {
  const [inSource, inCode] = [positions(position), toCode(position)];
  const plain = inCode && functionAt(code, ["js"], offsetOf(code, inCode));
  const typed = inSource && functionAt(source, ["ts", "tsx"], offsetOf(source, inSource));
  const found = typed && !hasTypes(typed.node) && runs(typed) ? typed : plain;
  return found && { text: found.text, name: found.name };
}

interface Definition extends Found {
  node: Node;
  isMethod: boolean;
}

/** The function or class that begins at an offset. */
function functionAt(code: string, languages: readonly Language[], offset: number): Definition | undefined {
  for (const language of languages) {
    const found = definitionsOf(code, language)?.get(offset);
    if (found) return found;
  }
  return undefined;
}

type Language = "js" | "ts" | "tsx";

/** Texts are asked for one after another, of functions of the same cell. */
const REMEMBERED = 16;
const parsed = new Map<string, Map<number, Definition> | undefined>();

function definitionsOf(code: string, language: Language): Map<number, Definition> | undefined {
  const key = `${language} ${code}`;
  if (parsed.has(key)) return parsed.get(key);
  const { program, errors } = parseSync(`cell.${language}`, code, { lang: language, sourceType: "module" });
  const found = errors.length > 0 ? undefined : new Map<number, Definition>();
  if (found) collect(program, undefined, code, found);
  if (parsed.size >= REMEMBERED) parsed.clear();
  parsed.set(key, found);
  return found;
}

function collect(node: Node, parent: Node | undefined, code: string, found: Map<number, Definition>): void {
  const isMethod = isMethodOf(node);
  const isClass = node.type === "ClassDeclaration" || node.type === "ClassExpression";
  if (isMethod || isClass || isFunction(node)) {
    // V8 leaves out `static`.
    const skipped = isMethod ? (/^static\b\s*/.exec(code.slice(node.start, node.end))?.[0].length ?? 0) : 0;
    const start = node.start + skipped;
    const id = isMethod ? node.key : (node.id ?? (parent?.type === "VariableDeclarator" ? parent.id : undefined));
    const name = id?.type === "Identifier" ? id.name : undefined;
    if (!found.has(start)) found.set(start, { text: code.slice(start, node.end), name, node, isMethod });
  }
  for (const child of childrenOf(node)) collect(child, node, code, found);
}

type Method = Extract<Node, { type: "MethodDefinition" | "Property" }>;

const isMethodOf = (node: Node): node is Method =>
  node.type === "MethodDefinition" || (node.type === "Property" && (node.method || node.kind !== "init"));

function hasTypes(node: Node): boolean {
  if (node.type.startsWith("TS") || node.type.startsWith("JSX") || node.type === "Decorator") return true;
  for (const child of childrenOf(node)) if (hasTypes(child)) return true;
  return false;
}

/** Whether it is JavaScript as it is. */
function runs({ text, isMethod }: Definition): boolean {
  const code = isMethod ? `class A { x; ${text} }` : `(${text})`;
  if (parseSync("text.js", code, { lang: "js" }).errors.length === 0) return true;
  return isMethod && parseSync("text.js", `({ ${text} })`, { lang: "js" }).errors.length === 0;
}
