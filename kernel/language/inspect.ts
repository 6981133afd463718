// inspect_request: what a name is. Its signature, documentation and source are the type checker's; the value it has, and
// all of it where nothing is known of its type, the running kernel's.

import { runtimeDescription } from "./live/runtime-description.ts";
import type { RuntimeInspector } from "./live/runtime-inspector.ts";
import { utf16Index } from "./text/code-points.ts";
import { expressionBefore } from "./text/completion-context.ts";
import { bundle, type Description } from "./text/description.ts";
import { scan } from "./text/tokens.ts";
import type { TypedInspection } from "./typed/typed-inspection.ts";

export interface InspectReply {
  status: "ok";
  found: boolean;
  data: { [mimeType: string]: string };
  metadata: { [key: string]: unknown };
}

/** What stands at the cursor. */
interface Inspected {
  /** The name, with what it is a member of. */
  expression: string;
  /** UTF-16 index of its end. */
  end: number;
  /** The cursor is in the arguments of a call of it. */
  called: boolean;
}

/** What inspection needs of the type checker. */
export interface TypedInspector {
  /** Undefined if the types say nothing; rejects if they are not known in time. */
  inspect(code: string, cursor: number, at: Inspected, wantsSource: boolean): Promise<TypedInspection | undefined>;
}

const NAME_REST = /[\p{ID_Continue}$\u200c\u200d]*/uy;
/** A value may have the same name. */
const IS_TYPE = /^(?:type|interface) /;
const NOT_FOUND: InspectReply = { status: "ok", found: false, data: {}, metadata: {} };
/** How long, in milliseconds, an answer that the types give waits for the value. */
const RUNTIME_PATIENCE = 15;

/** Describes what stands at `cursorPos`, counted in code points. Detail level 1 adds the source. */
export async function inspect(
  { inspector, typed }: { inspector: RuntimeInspector; typed?: TypedInspector | undefined },
  code: string,
  cursorPos: number,
  detailLevel: number,
): Promise<InspectReply> {
  const cursor = utf16Index(code, cursorPos);
  const at = inspectedAt(code, cursor);
  if (!at) return NOT_FOUND;
  const atRunTime = runtimeDescription(inspector, at.expression);
  const types = await typed?.inspect(code, cursor, at, detailLevel > 0).catch(() => undefined);
  const value = types ? await Promise.race([atRunTime, later(RUNTIME_PATIENCE)]) : await atRunTime;
  const description: Description | undefined = types
    ? {
        ...types,
        value: IS_TYPE.test(types.signature) ? undefined : value?.value,
        source: types.source ?? value?.source,
      }
    : value && { ...value, documentation: "" };
  if (!description) return NOT_FOUND;
  return { status: "ok", found: true, data: await bundle(description, detailLevel > 0), metadata: {} };
}

/** The name that the cursor is in or behind; in `f(1, |)` it is `f`. */
function inspectedAt(code: string, cursor: number): Inspected | undefined {
  NAME_REST.lastIndex = cursor;
  const end = cursor + (NAME_REST.exec(code)?.[0].length ?? 0);
  const before = code.slice(0, end);
  const { tokens, within, open } = scan(before);
  if (within === "comment" || within === "template") return undefined;
  const last = tokens.at(-1);
  const whole = expressionBefore(before, tokens);
  const direct = last?.kind === "name" ? whole : undefined;
  const itself = whole === undefined ? undefined : { expression: whole, end: last?.end ?? end, called: false };
  if (direct !== undefined || !open.includes("(")) return itself;
  let depth = 0;
  for (let i = tokens.length - 1; i >= 0; i--) {
    const { kind, text } = tokens[i] ?? { kind: "name", text: "" };
    if (kind !== "punctuation") continue;
    if (")]}".includes(text)) depth++;
    else if ("([{".includes(text) && depth > 0) depth--;
    else if (text === "(") {
      const expression = expressionBefore(before, tokens.slice(0, i));
      return expression === undefined ? undefined : { expression, end: tokens[i - 1]?.end ?? end, called: true };
    }
    // The literals of an argument belong to it; the statements of a function stand for themselves.
    else if (text === "{" && /^(?:=>|\))$/.test(tokens[i - 1]?.text ?? "")) return itself;
  }
  return undefined;
}

const later = (delay: number): Promise<undefined> =>
  new Promise((resolve) => setTimeout(resolve, delay, undefined).unref());
