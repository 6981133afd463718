// complete_request: what the types say may stand at the cursor, and what the running kernel knows beside.

import { runtimeCompletions } from "./live/runtime-completions.ts";
import type { RuntimeInspector } from "./live/runtime-inspector.ts";
import { codePointIndex, utf16Index } from "./text/code-points.ts";
import { type CompletionContext, completionContext } from "./text/completion-context.ts";
import type { TypedCompletion } from "./typed/typed-completions.ts";

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
  /** Adds signatures to the first of them, as many as can be had within `patience` milliseconds. */
  signed(completions: TypedCompletion[], patience: number): Promise<TypedCompletion[]>;
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
/** An answer that has taken so long, in milliseconds, does not wait for more signatures. */
const SIGNATURE_PATIENCE = 40;

const NAMED = new Set(["function", "class", "keyword"]);
/** Nearly everything has a shorter word inside. */
const SHORTEST_INSIDE = 2;

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
  const began = performance.now();
  const atRunTime = (): Promise<Completion[]> => runtimeCandidates(inspector, cursor, context);
  const isMember = context.kind === "member" || context.kind === "key";
  const early = isMember ? atRunTime() : undefined;
  const fromTypes = (await typed?.completions(code, cursor, context).catch(() => undefined)) ?? [];
  if (!typed || fromTypes.length === 0) return matching(await (early ?? atRunTime()), code, cursor);
  const matches = await typed.signed(matching(fromTypes, code, cursor), began + SIGNATURE_PATIENCE - performance.now());
  if (!early) return matches;
  // From the live value, only properties that its type lacks.
  const live = await Promise.race([early, later(RUNTIME_PATIENCE, [])]);
  const known = new Set(fromTypes.map(({ text }) => text));
  const added = live.filter(({ text, own }) => own && !known.has(text));
  return [...matches, ...matching(added, code, cursor)];
}

async function runtimeCandidates(
  inspector: RuntimeInspector,
  cursor: number,
  context: CompletionContext,
): Promise<Completion[]> {
  const start = context.kind === "none" ? cursor : context.start;
  const members = await runtimeCompletions(inspector, context);
  const usual = context.kind === "name" ? "variable" : "property";
  return members.map(({ name, type, depth }) => {
    // V8 tells the type of a value, where types tell what kind of name it is.
    return { text: name, start, end: cursor, type: NAMED.has(type) ? type : usual, own: depth === 0 };
  });
}

/**
 * Those that fit what is written: first those that begin with it, then with it in another case, then those that have it inside.
 * The word goes on behind the cursor if something begins with all of it.
 */
function matching<T extends Completion>(all: readonly T[], code: string, cursor: number): T[] {
  const whole = all.some((completion) => rank(completion, code.slice(completion.start, completion.end)) === 0);
  const reaching = whole ? all : all.map((completion) => ({ ...completion, end: cursor }));
  const ranks: T[][] = [[], [], []];
  for (const completion of reaching)
    ranks[rank(completion, code.slice(completion.start, completion.end))]?.push(completion);
  return ranks.flat();
}

/** How well it fits a word: 0 is best, 2 still fits. */
function rank({ text, item, word: name }: Completion, word: string): number {
  const texts = [text, item?.filterText ?? name ?? ""];
  if (texts.some((candidate) => candidate.startsWith(word))) return 0;
  const lower = word.toLowerCase();
  if (texts.some((candidate) => candidate.toLowerCase().startsWith(lower))) return 1;
  return word.length >= SHORTEST_INSIDE && (name ?? text).toLowerCase().includes(lower) ? 2 : 3;
}

const later = <T>(delay: number, value: T): Promise<T> =>
  new Promise((resolve) => setTimeout(resolve, delay, value).unref());
