// What the running kernel offers at a place in code: names in scope, members of values, string keys.

import type { CompletionContext } from "../text/completion-context.ts";
import { KEYWORDS } from "./keywords.ts";
import { evaluateQuietly, type Member, membersOf, namesInScope, releasing } from "./members.ts";
import type { RuntimeInspector } from "./runtime-inspector.ts";

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u;

/** Everything that may stand there, whatever has been typed of it. Answers while a cell spins or awaits. */
export function runtimeCompletions(inspector: RuntimeInspector, context: CompletionContext): Promise<Member[]> {
  return releasing(inspector, async () => (await candidates(inspector, context)).sort(compare));
}

async function candidates(inspector: RuntimeInspector, context: CompletionContext): Promise<Member[]> {
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
