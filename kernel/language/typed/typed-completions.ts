// What the type checker offers at a place in code, in its own order.

import { isHidden } from "../live/runtime-inspector.ts";
import type { Question } from "../scope/draft.ts";
import { ownWords } from "../scope/generated-names.ts";
import type { LanguageServer } from "../server/language-server.ts";
import { type CompletionItem, completionList, resolvedItem } from "../server/server-messages.ts";
import type { CompletionContext } from "../text/completion-context.ts";

export interface TypedCompletion {
  text: string;
  /** UTF-16 indexes of what it replaces. */
  start: number;
  end: number;
  /** As Jupyter's front ends know it: function, class, property, … */
  type: string;
  signature?: string | undefined;
  /** What to add to the code, for a name that has to be imported. */
  import?: string;
  /** What it is found by, where that is not its text. */
  word?: string;
  /** A global or a keyword: the place is one where any name in scope may stand. */
  global?: boolean;
  /** As the server has it. */
  item?: CompletionItem | undefined;
}

/** The LSP's kinds of items by number. */
const KINDS = (
  "text,function,function,function,property,variable,class,interface,module,property,unit,value,enum,keyword,snippet," +
  "color,path,reference,path,property,constant,class,event,operator,type"
).split(",");
/** How many items are asked for their signature: those that a user sees first. */
const SIGNED = 12;
/** Each that is asked for at the same time is answered by a type checker of its own, which begins with nothing. */
const SIGNED_AT_ONCE = 2;
/** The server's rank of globals and keywords, and of those that are deprecated. */
const GLOBAL = /^z?15$/;
/** `"left"` where a type asks for it: nearer than any name. */
const LITERAL = /^["'\d-]/;
const UNSIGNED = new Set(["keyword", "path", "module"]);

export const completionType = (kind = 1): string => KINDS[kind - 1] ?? "text";

/** Everything that may stand at `cursor`, whatever has been typed of it. Rejects if nobody answers. */
export async function typedCompletions(
  question: Question,
  cursor: number,
  context: CompletionContext,
): Promise<TypedCompletion[]> {
  const answer = completionList.parse(await question.ask("textDocument/completion", cursor));
  const items = Array.isArray(answer) ? answer : (answer?.items ?? []);
  const shared = Array.isArray(answer) ? undefined : answer?.itemDefaults?.editRange;
  const word = shared ? ("replace" in shared ? shared.replace : shared) : undefined;
  const usual = word ? question.indexes(word) : { start: wordStart(question.code, cursor, context), end: cursor };
  const visible = items.filter(({ label }) => !isHidden(label));
  const found = visible.map((item): TypedCompletion & { order: string } => {
    const range = item.textEdit?.range ?? item.textEdit?.insert;
    return {
      text: item.textEdit?.newText ?? item.insertText ?? item.label,
      ...(range ? question.indexes(range) : usual),
      type: completionType(item.kind),
      global: GLOBAL.test(item.sortText ?? ""),
      item,
      order: LITERAL.test(item.label) ? "" : (item.sortText ?? item.label),
    };
  });
  // Stable: equals stay in the server's order.
  found.sort((a, b) => (a.order < b.order ? -1 : a.order > b.order ? 1 : 0));
  // `array["key"]` where the others are `array.name`: only if there is nothing else.
  const direct = found.filter(({ start }) => start === usual.start);
  return direct.length > 0 ? direct : found;
}

/** Adds the signatures of the first items, as many as the server gives within `patience` milliseconds. */
export async function withSignatures(
  server: Pick<LanguageServer, "request">,
  found: TypedCompletion[],
  patience: number,
): Promise<TypedCompletion[]> {
  if (patience <= 0) return found;
  const signed = [...found];
  const first = found.slice(0, SIGNED).entries();
  let late = false;
  const sign = async (): Promise<void> => {
    for (const [i, completion] of first) {
      if (late) return;
      // The server dies of items that it has not made itself.
      if (completion.item?.data === undefined || UNSIGNED.has(completion.type)) continue;
      const resolved = await server.request("completionItem/resolve", completion.item);
      if (!late) signed[i] = { ...completion, signature: signatureOf(resolved) };
    }
  };
  const { promise: over, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, patience);
  await Promise.race([Promise.all(Array.from({ length: SIGNED_AT_ONCE }, sign)), over]).catch(() => {});
  late = true;
  clearTimeout(timer);
  return signed;
}

function signatureOf(resolved: unknown): string | undefined {
  const { detail } = resolvedItem.parse(resolved);
  return detail === undefined ? undefined : ownWords(detail);
}

/** Where the word, key or part of a path begins that the cursor is at the end of. */
function wordStart(code: string, cursor: number, context: CompletionContext): number {
  if (context.kind !== "none") return context.start;
  return cursor - (/[^/"'`\s@]*$/.exec(code.slice(0, cursor))?.[0].length ?? 0);
}
