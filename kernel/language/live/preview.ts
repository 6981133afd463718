// A value in a few lines, and a function by its head, from what the inspector tells of them.

import type { Runtime } from "node:inspector";
import { scan } from "../text/tokens.ts";
import type { RuntimeInspector } from "./runtime-inspector.ts";

const MOST_ITEMS = 20;
const LONGEST_TEXT = 400;

/** The value on one line: a primitive in full, an object by its first properties. Getters are not run. */
export async function previewOf(inspector: RuntimeInspector, value: Runtime.RemoteObject): Promise<string> {
  if (value.objectId === undefined || value.subtype === "error" || value.subtype === "date") return brief(value);
  const { result } = await inspector.getProperties({
    objectId: value.objectId,
    ownProperties: true,
    generatePreview: false,
  });
  const isArray = value.subtype === "array" || value.subtype === "typedarray";
  const shown = result.filter(({ enumerable, symbol }) => enumerable && !symbol);
  const items = shown.slice(0, MOST_ITEMS).map(({ name, value: property }) => {
    const text = property ? brief(property) : "(getter)";
    return isArray && /^\d+$/.test(name) ? text : `${name}: ${text}`;
  });
  if (shown.length > MOST_ITEMS) items.push("…");
  if (items.length === 0) return value.description ?? "{}";
  return isArray ? `[${items.join(", ")}]` : `{ ${items.join(", ")} }`;
}

/** `function add(a, b)`, `class Box extends Base`, `(x) =>`: everything before the body. */
export function functionHead(source: string, name: string): string {
  if (source.startsWith("class")) return source.slice(0, source.indexOf("{")).trim();
  const { tokens } = scan(source);
  let depth = 0;
  for (const { kind, text, start } of tokens) {
    if (kind !== "punctuation") continue;
    if (text === "=>" && depth === 0) return `const ${name} = ${source.slice(0, start).trim()} => …`;
    // A function expression has no name of its own: it is known by the name asked for.
    if (text === "{" && depth === 0)
      return source
        .slice(0, start)
        .trim()
        .replace(/^((?:async\s+)?function\s*\*?)\s*\(/, `$1 ${name}(`);
    if ("([{".includes(text)) depth++;
    else if (")]}".includes(text)) depth--;
  }
  return source.split("\n", 1)[0] ?? source;
}

function brief(value: Runtime.RemoteObject): string {
  if (value.type === "string") {
    const text: unknown = value.value;
    return shorten(JSON.stringify(typeof text === "string" ? text : ""));
  }
  if (value.unserializableValue !== undefined) return value.unserializableValue;
  if (value.type === "undefined") return "undefined";
  if (value.objectId === undefined) return String(value.value);
  return shorten(value.type === "function" ? "ƒ" : (value.description ?? value.type));
}

const shorten = (text: string): string => (text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text);
