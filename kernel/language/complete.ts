// complete_request: what the types say may stand at the cursor, and what the running kernel knows beside.

import { codePointIndex, utf16Index } from "./code-points.ts";
import { type CompletionContext, completionContext } from "./completion-context.ts";
import { runtimeCompletions } from "./runtime-completions.ts";
import type { RuntimeInspector } from "./runtime-inspector.ts";
import type { TypedCompletion } from "./typed-completions.ts";

export interface CompleteReply {
  status: "ok";
  matches: string[];
  /** In code points, as `cursor_end`. */
  cursor_start: number;
  cursor_end: number;
  metadata: { _jupyter_types_experimental: ExperimentalType[] };
}

interface ExperimentalType {
  text: string;
  type: string;
  start: number;
  end: number;
  signature?: string;
  /** What to add to the code, for a name that has to be imported. */
  import?: string;
}

/** What completion needs of the type checker. */
export interface TypedSource {
  /** Everything that fits, best first. Rejects if the types are not known in time. */
  completions(code: string, cursor: number, context: CompletionContext): Promise<TypedCompletion[]>;
  /** Adds signatures to the first of them, as far as there is time. */
  signed(completions: TypedCompletion[]): Promise<TypedCompletion[]>;
}

export interface CompletionSources {
  inspector: RuntimeInspector;
  typed?: TypedSource | undefined;
}

type Completion = TypedCompletion & {
  /** It is the object's own, not its prototype's. */
  own?: boolean;
};

/** How long, in milliseconds, an answer that the types give waits for what only the running kernel knows. */
const RUNTIME_PATIENCE = 15;

/** Completes at `cursorPos`, counted in code points. Answers while a cell spins or awaits, and without types too. */
export async function complete(sources: CompletionSources, code: string, cursorPos: number): Promise<CompleteReply> {
  const cursor = utf16Index(code, cursorPos);
  const found = await completions(sources, code, cursor, completionContext(code, cursor));
  const start = Math.min(cursor, ...found.map((completion) => completion.start));
  const end = Math.max(cursor, ...found.map((completion) => completion.end));
  const range = { start: codePointIndex(code, start), end: codePointIndex(code, end) };
  const types = found.map(
    ({ text, start: own, type, signature, import: added }): ExperimentalType => ({
      text: code.slice(start, own) + text,
      type,
      ...range,
      ...(signature === undefined ? {} : { signature }),
      ...(added === undefined ? {} : { import: added }),
    }),
  );
  return {
    status: "ok",
    matches: types.map(({ text }) => text),
    cursor_start: range.start,
    cursor_end: range.end,
    metadata: { _jupyter_types_experimental: types },
  };
}

async function completions(
  { inspector, typed }: CompletionSources,
  code: string,
  cursor: number,
  context: CompletionContext,
): Promise<Completion[]> {
  const atRunTime = (): Promise<Completion[]> => runtimeCandidates(inspector, cursor, context);
  const isMember = context.kind === "member" || context.kind === "key";
  const early = isMember ? atRunTime() : undefined;
  const fromTypes = (await typed?.completions(code, cursor, context).catch(() => undefined)) ?? [];
  if (!typed || fromTypes.length === 0) return matching(await (early ?? atRunTime()), code, cursor);
  const matches = await typed.signed(matching(fromTypes, code, cursor));
  if (!early) return matches;
  // Of a value whose type is known, only what has been put into it beside.
  const beside = await Promise.race([early, later(RUNTIME_PATIENCE, [])]);
  const known = new Set(fromTypes.map(({ text }) => text));
  const added = beside.filter(({ text, own }) => own && !known.has(text));
  return [...matches, ...matching(added, code, cursor)];
}

async function runtimeCandidates(
  inspector: RuntimeInspector,
  cursor: number,
  context: CompletionContext,
): Promise<Completion[]> {
  const start = context.kind === "none" ? cursor : context.start;
  const members = await runtimeCompletions(inspector, context);
  return members.map(({ name, type, depth }) => {
    return { text: name, start, end: cursor, type: type || "property", own: depth === 0 };
  });
}

/** Those that fit what is written, where it fits best: the whole word, the word up to the cursor, the same in other case. */
function matching<T extends Completion>(all: readonly T[], code: string, cursor: number): T[] {
  const fits = (test: (text: string, word: string) => boolean, word: (completion: T) => string): T[] =>
    all.filter((completion) =>
      [completion.text, completion.item?.filterText ?? completion.word ?? ""].some((t) => test(t, word(completion))),
    );
  const begins = (text: string, word: string): boolean => text.startsWith(word);
  const whole = fits(begins, ({ start, end }) => code.slice(start, end));
  if (whole.length > 0) return whole;
  const written = ({ start }: T): string => code.slice(start, cursor);
  const begun = fits(begins, written);
  const found =
    begun.length > 0 ? begun : fits((text, word) => begins(text.toLowerCase(), word.toLowerCase()), written);
  return found.map((completion) => ({ ...completion, end: cursor }));
}

const later = <T>(delay: number, value: T): Promise<T> =>
  new Promise((resolve) => setTimeout(resolve, delay, value).unref());
