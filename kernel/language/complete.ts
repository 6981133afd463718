// complete_request: what the types say may stand at the cursor, and what the running kernel knows beside.

import { codePointIndex, utf16Index } from "./code-points.ts";
import { type CompletionContext, completionContext } from "./completion-context.ts";
import type { Member } from "./members.ts";
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

type Completion = Pick<TypedCompletion, "text" | "start" | "end" | "type" | "signature" | "import">;

/** How long, in milliseconds, an answer that the types give waits for what only the running kernel knows. */
const RUNTIME_PATIENCE = 15;

/** Completes at `cursorPos`, counted in code points. Answers while a cell spins or awaits, and without types too. */
export async function complete(
  sources: { inspector: RuntimeInspector; typed?: TypedSource | undefined },
  code: string,
  cursorPos: number,
): Promise<CompleteReply> {
  const cursor = utf16Index(code, cursorPos);
  const context = completionContext(code, cursor);
  const found = await completions(sources, code, cursor, context);
  const start = Math.min(cursor, ...found.map((completion) => completion.start));
  const end = codePointIndex(code, cursor);
  const types = found.map(({ text, start: own, type, signature, import: added }): ExperimentalType => {
    return {
      text: code.slice(start, own) + text,
      type,
      start: codePointIndex(code, start),
      end,
      ...(signature === undefined ? {} : { signature }),
      ...(added === undefined ? {} : { import: added }),
    };
  });
  return {
    status: "ok",
    matches: types.map(({ text }) => text),
    cursor_start: codePointIndex(code, start),
    cursor_end: end,
    metadata: { _jupyter_types_experimental: types },
  };
}

async function completions(
  { inspector, typed }: { inspector: RuntimeInspector; typed?: TypedSource | undefined },
  code: string,
  cursor: number,
  context: CompletionContext,
): Promise<Completion[]> {
  const isMember = context.kind === "member" || context.kind === "key";
  const atRunTime = isMember ? runtimeCompletions(inspector, context) : undefined;
  const fromTypes = (await typed?.completions(code, cursor, context).catch(() => undefined)) ?? [];
  const matching = fromTypes.filter(({ start, text, item }) => {
    const written = code.slice(start, cursor);
    return text.startsWith(written) || (item?.filterText?.startsWith(written) ?? false);
  });
  const members = (await (fromTypes.length > 0 && atRunTime
    ? Promise.race([atRunTime, later(RUNTIME_PATIENCE, [])])
    : (atRunTime ?? (fromTypes.length > 0 ? [] : runtimeCompletions(inspector, context))))) satisfies Member[];
  const known = new Set(matching.map(({ text }) => text));
  const { prefix, start } = context.kind === "none" ? { prefix: "", start: cursor } : context;
  const added = members
    // Of a value whose type is known, only what has been put into it beside.
    .filter(({ name, depth }) => name.startsWith(prefix) && !known.has(name) && (fromTypes.length === 0 || depth === 0))
    .map(({ name, type }): Completion => ({ text: name, start, end: cursor, type: type || "property" }));
  return [...(typed ? await typed.signed(matching) : matching), ...added];
}

const later = <T>(delay: number, value: T): Promise<T> =>
  new Promise((resolve) => setTimeout(resolve, delay, value).unref());
