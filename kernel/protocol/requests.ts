// What clients may ask, by message type: a schema for the content of each request.

import * as z from "zod/mini";
import type { IncomingMessage } from "./wire.ts";

const count = z.int().check(z.minimum(0));
const jsonObject = z.record(z.string(), z.unknown());
const nothing = z.object({});

const historyContent = z.object({
  hist_access_type: z.enum(["range", "tail", "search"]),
  output: z._default(z.boolean(), false),
  raw: z._default(z.boolean(), true),
  session: z.nullish(z.int()),
  start: z.nullish(z.int()),
  stop: z.nullish(z.int()),
  n: z.nullish(count),
  pattern: z.nullish(z.string()),
  unique: z._default(z.boolean(), false),
});

const commContent = z.looseObject({ comm_id: z.string(), data: z._default(jsonObject, {}) });

const schemas = {
  execute_request: z.object({
    code: z.string(),
    silent: z._default(z.boolean(), false),
    store_history: z.optional(z.boolean()),
    user_expressions: z._default(z.record(z.string(), z.string()), {}),
    allow_stdin: z._default(z.boolean(), false),
    stop_on_error: z._default(z.boolean(), true),
  }),
  is_complete_request: z.object({ code: z.string() }),
  complete_request: z.object({ code: z.string(), cursor_pos: count }),
  inspect_request: z.object({ code: z.string(), cursor_pos: count, detail_level: z._default(count, 0) }),
  history_request: historyContent,
  comm_info_request: z.object({ target_name: z.nullish(z.string()) }),
  kernel_info_request: nothing,
  connect_request: nothing,
  interrupt_request: nothing,
  usage_request: nothing,
  shutdown_request: z.object({ restart: z._default(z.boolean(), false) }),
  comm_open: z.looseObject({ comm_id: z.string(), target_name: z.string(), data: z._default(jsonObject, {}) }),
  comm_msg: commContent,
  comm_close: commContent,
  input_reply: z.object({ value: z.string() }),
} as const;

export type RequestType = keyof typeof schemas;
export type RequestContent<T extends RequestType> = z.infer<(typeof schemas)[T]>;
export type HistoryRequest = RequestContent<"history_request">;

/** A request whose content has been read: a union discriminated by `type`. */
export type Request = { [T in RequestType]: { type: T; content: RequestContent<T> } }[RequestType];

export type ParsedRequest = { ok: true; request: Request } | { ok: false; reason: string };

/** Reads the content of a message by its type. An unknown type, or content that does not fit, comes back as a reason. */
export function parseRequest(message: IncomingMessage): ParsedRequest {
  const type = message.header.msg_type;
  if (!isRequestType(type)) return { ok: false, reason: `unknown message type ${JSON.stringify(type)}` };
  return parseContent(type, message.content);
}

/** The type that answers a request, by the specification's naming; undefined where nothing is expected. */
export function replyType(requestType: string): string | undefined {
  return requestType.endsWith("_request") ? requestType.replace(/_request$/, "_reply") : undefined;
}

/** There are clients that send `null` for what they have no value for. */
const withoutNulls = (content: IncomingMessage["content"]): object =>
  Object.fromEntries(Object.entries(content).filter(([, value]) => value !== null));

function parseContent<T extends RequestType>(type: T, content: IncomingMessage["content"]): ParsedRequest {
  const parsed = schemas[type].safeParse(withoutNulls(content));
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join(".")} (${issue.message})`);
    return { ok: false, reason: `content of ${type} does not fit: ${faults.join(", ")}` };
  }
  // The compiler cannot relate the schema it picked to the type that picked it.
  return { ok: true, request: { type, content: parsed.data } as Request };
}

const isRequestType = (type: string): type is RequestType => Object.hasOwn(schemas, type);
