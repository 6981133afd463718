// What the type checker tells of the name at a place in code: its signature, its documentation, its source.

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Question } from "../scope/draft.ts";
import { ownDocumentation, ownWords } from "../scope/generated-names.ts";
import type { NotebookScope } from "../scope/notebook-scope.ts";
import { definition, hover, markupText, signatureHelp } from "../server/server-messages.ts";
import { indexAt, type Range } from "../server/text-positions.ts";

export interface TypedInspection {
  signature: string;
  /** Markdown. */
  documentation: string;
  source?: string | undefined;
}

/** Describes the name that `index` is in. Undefined if the types say nothing of it. Rejects if nobody answers. */
export async function typedInspection(
  question: Question,
  scope: NotebookScope,
  index: number,
  wantsSource: boolean,
): Promise<TypedInspection | undefined> {
  const answer = hover.parse(await question.ask("textDocument/hover", index));
  if (!answer) return undefined;
  const contents = Array.isArray(answer.contents) ? answer.contents : [answer.contents];
  const text = contents.map(markupText).join("\n\n");
  const [, code = "", documentation = ""] = /^```\w*\n([\s\S]*?)\n```\s*([\s\S]*)$/.exec(text) ?? [];
  const signature = ownWords(code);
  // Nothing is known where the name is any: the running kernel knows more, unless somebody has written what it is.
  const unknown = /^any$|: any$|unresolved|__missing\b/.test(signature) && documentation.trim() === "";
  if (signature === "" || unknown) return undefined;
  const source = wantsSource ? await sourceAt(question, scope, index) : undefined;
  return { signature, documentation: ownDocumentation(documentation), source };
}

/** The overloads of the call whose arguments the cursor is in. */
export async function typedSignatures(question: Question, cursor: number): Promise<TypedInspection | undefined> {
  const help = signatureHelp.parse(await question.ask("textDocument/signatureHelp", cursor));
  const [first, ...others] = help?.signatures ?? [];
  if (!first) return undefined;
  const active = help?.signatures[help.activeSignature ?? 0] ?? first;
  // As the server writes them where it tells of the function itself.
  const parameters = (active.parameters ?? []).flatMap(({ label, documentation }) => {
    const text = markupText(documentation ?? "");
    const [name = ""] = /^[\w$]+/.exec(label) ?? [];
    return text === "" || name === "" ? [] : [`*@param* \`${name}\` — ${text}`];
  });
  const labels = [active, ...[first, ...others].filter((signature) => signature !== active)].map(({ label }) => label);
  return {
    signature: ownWords(labels.join("\n")),
    documentation: ownDocumentation([markupText(active.documentation ?? ""), ...parameters].join("\n\n")),
  };
}

async function sourceAt(question: Question, scope: NotebookScope, index: number): Promise<string | undefined> {
  const answer = definition.parse(await question.ask("textDocument/definition", index));
  const [place] = Array.isArray(answer) ? answer : [answer];
  if (!place) return undefined;
  const { uri, range } =
    "targetUri" in place ? { uri: place.targetUri, range: place.targetRange } : { uri: place.uri, range: place.range };
  if (question.owns(uri)) {
    const { start, end } = question.indexes(range);
    return question.code.slice(start, end);
  }
  const cell = [...scope.modules].find(({ file }) => scope.uri(file) === uri);
  const text = cell ? scope.moduleText(cell) : await readFile(fileURLToPath(uri), "utf8").catch(() => undefined);
  return text === undefined ? undefined : slice(text, range);
}

const slice = (text: string, { start, end }: Range): string => text.slice(indexAt(text, start), indexAt(text, end));
