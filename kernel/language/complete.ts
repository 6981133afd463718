// complete_request, from the running kernel: names in scope, members of values, string keys.

import { codePointIndex, utf16Index } from "./code-points.ts";
import { type CompletionContext, completionContext } from "./completion-context.ts";
import { KEYWORDS } from "./keywords.ts";
import { evaluateQuietly, type Member, membersOf, namesInScope, releasing } from "./members.ts";
import type { RuntimeInspector } from "./runtime-inspector.ts";

export interface CompleteReply {
  status: "ok";
  matches: string[];
  /** In code points, as `cursor_end`. */
  cursor_start: number;
  cursor_end: number;
  metadata: { _jupyter_types_experimental: { text: string; type: string; start: number; end: number }[] };
}

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u;

/** Completes at `cursorPos`, counted in code points. Answers while a cell spins or awaits. */
export async function complete(inspector: RuntimeInspector, code: string, cursorPos: number): Promise<CompleteReply> {
  const cursor = utf16Index(code, cursorPos);
  const context = completionContext(code, cursor);
  const candidates = await releasing(inspector, () => candidatesFor(inspector, context));
  const prefix = context.kind === "none" ? "" : context.prefix;
  const end = codePointIndex(code, cursor);
  const start = context.kind === "none" ? end : codePointIndex(code, context.start);
  const found = candidates.filter(({ name }) => name.startsWith(prefix)).sort(compare);
  return {
    status: "ok",
    matches: found.map(({ name }) => name),
    cursor_start: start,
    cursor_end: end,
    metadata: {
      _jupyter_types_experimental: found.map(({ name, type }) => ({
        text: name,
        type: type || "property",
        start,
        end,
      })),
    },
  };
}

async function candidatesFor(inspector: RuntimeInspector, context: CompletionContext): Promise<Member[]> {
  if (context.kind === "none") return [];
  if (context.kind === "name") {
    const keywords = KEYWORDS.map((name): Member => ({ name, type: "keyword", depth: 2 }));
    const names = (await namesInScope(inspector)).filter(({ name }) => IDENTIFIER.test(name));
    const known = new Set(names.map(({ name }) => name));
    return [...names, ...keywords.filter(({ name }) => !known.has(name))];
  }
  const value = await evaluateQuietly(inspector, context.object);
  const members = value ? await membersOf(inspector, value) : [];
  if (context.kind === "key") {
    const { quote } = context;
    return members.map((member) => ({ ...member, name: escapeKey(member.name, quote) }));
  }
  return members.filter(({ name }) => IDENTIFIER.test(name));
}

/** Public before underscored, then near before far, then by name. */
function compare(a: Member, b: Member): number {
  const hidden = Number(a.name.startsWith("_")) - Number(b.name.startsWith("_"));
  return hidden || a.depth - b.depth || (a.name < b.name ? -1 : 1);
}

const escapeKey = (name: string, quote: string): string =>
  JSON.stringify(name).slice(1, -1).replaceAll('\\"', '"').replaceAll(quote, `\\${quote}`);
