// What the language server answers, as far as it is read.

import * as z from "zod/mini";

const position = z.object({ line: z.int(), character: z.int() });
const range = z.object({ start: position, end: position });
const markup = z.union([z.string(), z.object({ value: z.string() })]);

const diagnostic = z.object({
  range,
  severity: z.optional(z.int()),
  code: z.optional(z.union([z.int(), z.string()])),
  message: z.string(),
});
export type Diagnostic = z.infer<typeof diagnostic>;
export const diagnosticReport = z.object({ items: z._default(z.array(diagnostic), []) });

const editRange = z.union([range, z.object({ insert: range, replace: range })]);
const completionItem = z.looseObject({
  label: z.string(),
  kind: z.optional(z.int()),
  detail: z.optional(z.string()),
  sortText: z.optional(z.string()),
  filterText: z.optional(z.string()),
  insertText: z.optional(z.string()),
  textEdit: z.optional(z.looseObject({ range: z.optional(range), insert: z.optional(range), newText: z.string() })),
});
export type CompletionItem = z.infer<typeof completionItem>;
export const resolvedItem = completionItem;
export const completionList = z.nullish(
  z.union([
    z.array(completionItem),
    z.object({
      items: z.array(completionItem),
      itemDefaults: z.nullish(z.object({ editRange: z.nullish(editRange) })),
    }),
  ]),
);

export const hover = z.nullish(z.object({ contents: z.union([markup, z.array(markup)]), range: z.optional(range) }));

export const signatureHelp = z.nullish(
  z.object({
    signatures: z.array(
      z.object({
        label: z.string(),
        documentation: z.nullish(markup),
        parameters: z.nullish(z.array(z.object({ label: z.string(), documentation: z.nullish(markup) }))),
      }),
    ),
    activeSignature: z.nullish(z.int()),
  }),
);

const location = z.union([
  z.object({ uri: z.string(), range }),
  z.object({ targetUri: z.string(), targetRange: range }),
]);
export const definition = z.nullish(z.union([location, z.array(location)]));

export const markupText = (value: z.infer<typeof markup>): string => (typeof value === "string" ? value : value.value);
