// What a kernel sends to its clients, by message type: read, never trusted.

import * as z from "zod/mini";

const bundle = z.record(z.string(), z.unknown());

const display = z.object({
  data: bundle,
  metadata: z._default(bundle, {}),
  transient: z._default(z.object({ display_id: z.optional(z.string()) }), {}),
});

const failure = z.object({ ename: z.string(), evalue: z.string(), traceback: z.array(z.string()) });

const publishedSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("status"), content: z.object({ execution_state: z.string() }) }),
  z.object({ type: z.literal("execute_input"), content: z.object({ execution_count: z.int() }) }),
  z.object({
    type: z.literal("stream"),
    content: z.object({ name: z.enum(["stdout", "stderr"]), text: z.string() }),
  }),
  z.object({ type: z.literal("display_data"), content: display }),
  z.object({ type: z.literal("update_display_data"), content: display }),
  z.object({
    type: z.literal("execute_result"),
    content: z.extend(display, { execution_count: z.nullable(z.int()) }),
  }),
  z.object({ type: z.literal("error"), content: failure }),
  z.object({ type: z.literal("clear_output"), content: z.object({ wait: z._default(z.boolean(), false) }) }),
]);

/** A message of the iopub channel that a notebook is interested in. */
export type Published = z.infer<typeof publishedSchema>;
export type Failure = z.infer<typeof failure>;
export type Display = z.infer<typeof display>;

/** The message, or undefined if a notebook has no use for its type or its content does not fit. */
export function readPublished(type: string, content: unknown): Published | undefined {
  const parsed = publishedSchema.safeParse({ type, content });
  return parsed.success ? parsed.data : undefined;
}

const executeReplySchema = z.discriminatedUnion("status", [
  z.object({ status: z.literal("ok"), execution_count: z.int() }),
  z.extend(failure, { status: z.literal("error"), execution_count: z.optional(z.int()) }),
  z.object({ status: z.literal("aborted") }),
]);

export type ExecuteReply = z.infer<typeof executeReplySchema>;

/** Throws a `ZodError` if the content is no `execute_reply`. */
export const readExecuteReply = (content: unknown): ExecuteReply => executeReplySchema.parse(content);

const cellSecondsSchema = z.object({ loopbook: z.object({ seconds: z.number() }) });

/** What a cell took by the clock of its kernel's loop, which may be a virtual one: undefined if the kernel does not say it. */
export const readCellSeconds = (metadata: unknown): number | undefined =>
  cellSecondsSchema.safeParse(metadata).data?.loopbook.seconds;

const pendingSchema = z.object({
  comm_id: z.string(),
  data: z.object({
    pending: z.array(
      z.object({ what: z.string(), count: z.int(), cell: z.optional(z.int()), passive: z.optional(z.boolean()) }),
    ),
  }),
});

/**
 * Some work of one kind that cells have left running: `{ what: "timer", count: 2, cell: 3 }`, the cell where it is known.
 * `passive`: it goes on only if somebody comes from outside.
 */
export type Pending = z.infer<typeof pendingSchema>["data"]["pending"][number];

/** The end of the comm `id`, by which the kernel tells what is pending; undefined for any other message. */
export function readPending(id: string, content: unknown): Pending[] | undefined {
  const parsed = pendingSchema.safeParse(content);
  return parsed.data?.comm_id === id ? parsed.data.data.pending : undefined;
}

const kernelInfoSchema = z.object({
  implementation: z.string(),
  implementation_version: z.string(),
  language_info: z.looseObject({ name: z.string() }),
});

export type KernelInfo = z.infer<typeof kernelInfoSchema>;

/** Throws a `ZodError` if the content is no `kernel_info_reply`. */
export const readKernelInfo = (content: unknown): KernelInfo => kernelInfoSchema.parse(content);
