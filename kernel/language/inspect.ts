// inspect_request, from the running kernel: what a name is, with the head of a function or a preview of a value.

import type { Runtime } from "node:inspector";
import { utf16Index } from "./code-points.ts";
import { expressionBefore } from "./completion-context.ts";
import { evaluateQuietly, releasing } from "./members.ts";
import { functionHead, previewOf } from "./preview.ts";
import type { RuntimeInspector } from "./runtime-inspector.ts";
import { scan } from "./scan.ts";

export interface InspectReply {
  status: "ok";
  found: boolean;
  data: { [mimeType: string]: string };
  metadata: { [key: string]: unknown };
}

const NAME_REST = /[\p{ID_Continue}$\u200c\u200d]*/uy;
const NOT_FOUND: InspectReply = { status: "ok", found: false, data: {}, metadata: {} };

/** Describes what stands at `cursorPos`, counted in code points. Detail level 1 adds the source of a function. */
export async function inspect(
  inspector: RuntimeInspector,
  code: string,
  cursorPos: number,
  detailLevel: number,
): Promise<InspectReply> {
  const expression = expressionAt(code, utf16Index(code, cursorPos));
  if (expression === undefined) return NOT_FOUND;
  return releasing(inspector, async () => {
    const value = await evaluateQuietly(inspector, expression);
    if (!value) return NOT_FOUND;
    const { title, source } = await describe(inspector, expression, value);
    const body = detailLevel > 0 && source !== undefined ? source : undefined;
    return {
      status: "ok",
      found: true,
      data: {
        "text/plain": body === undefined ? title : `${title}\n\n${body}`,
        "text/markdown": body === undefined ? fence(title) : `${fence(title)}\n\n${fence(body)}`,
      },
      metadata: {},
    };
  });
}

/** The name, with what it is a member of, that the cursor is in or behind; in `f(1, |)` it is `f`. */
function expressionAt(code: string, cursor: number): string | undefined {
  NAME_REST.lastIndex = cursor;
  const before = code.slice(0, cursor + (NAME_REST.exec(code)?.[0].length ?? 0));
  const { tokens, within, open } = scan(before);
  if (within === "comment" || within === "template") return undefined;
  const direct = tokens.at(-1)?.kind === "name" ? expressionBefore(before, tokens) : undefined;
  if (direct !== undefined || open.at(-1) !== "(") return direct ?? expressionBefore(before, tokens);
  let depth = 0;
  for (let i = tokens.length - 1; i >= 0; i--) {
    const { kind, text } = tokens[i] ?? { kind: "name", text: "" };
    if (kind !== "punctuation") continue;
    if (")]}".includes(text)) depth++;
    else if ("([{".includes(text) && depth-- === 0) return expressionBefore(before, tokens.slice(0, i));
  }
  return undefined;
}

async function describe(
  inspector: RuntimeInspector,
  expression: string,
  value: Runtime.RemoteObject,
): Promise<{ title: string; source?: string | undefined }> {
  if (value.type === "function") {
    const source = value.description ?? "";
    return { title: functionHead(source, expression), source };
  }
  const type = value.className ?? value.subtype ?? value.type;
  return { title: `${expression}: ${type} = ${await previewOf(inspector, value)}` };
}

const fence = (text: string): string => `\`\`\`typescript\n${text}\n\`\`\``;
