// The requests that the IO thread answers by itself, also while a cell runs: one handler for each.

import type { History } from "../history/history.ts";
import type { Connection } from "../protocol/connection-file.ts";
import type { Request, RequestContent, RequestType } from "../protocol/requests.ts";
import type { Comms } from "../queue/comms.ts";
import type { LanguageTools } from "../types/language-tools.ts";
import { KERNEL_INFO } from "./kernel-info.ts";

type Handled =
  | "kernel_info_request"
  | "connect_request"
  | "comm_info_request"
  | "history_request"
  | "is_complete_request"
  | "usage_request"
  | "complete_request"
  | "inspect_request";

type Handlers = { [T in Handled]: (content: RequestContent<T>) => object | Promise<object> };

export interface HandlerSources {
  connection: Connection;
  comms: Comms;
  history: History;
  language: LanguageTools;
}

/** Makes the function that finds what answers a request; undefined for a request that is not handled here. */
export function createHandlers(
  sources: HandlerSources,
): (request: Request) => (() => object | Promise<object>) | undefined {
  const { connection, comms, history, language } = sources;
  const handlers: Handlers = {
    kernel_info_request: () => KERNEL_INFO,
    connect_request: () => ({
      status: "ok",
      shell_port: connection.shell_port,
      iopub_port: connection.iopub_port,
      stdin_port: connection.stdin_port,
      control_port: connection.control_port,
      hb_port: connection.hb_port,
    }),
    comm_info_request: ({ target_name }) => comms.info(target_name),
    history_request: async (content) => ({ status: "ok", history: await history.ask(content) }),
    // Loaded at first use: none of this is needed before the first cell.
    is_complete_request: async ({ code }) => (await import("../language/text/is-complete.ts")).isComplete(code),
    usage_request: async () => (await import("./usage.ts")).usage(),
    complete_request: ({ code, cursor_pos }) => language.complete(code, cursor_pos),
    inspect_request: ({ code, cursor_pos, detail_level }) => language.inspect(code, cursor_pos, detail_level),
  };
  const handle = <T extends Handled>(type: T, content: RequestContent<T>) => handlers[type](content);
  return (request) => (isHandled(request) ? () => handle(request.type, request.content) : undefined);

  function isHandled(candidate: Request): candidate is Extract<Request, { type: Handled }> {
    const type: RequestType = candidate.type;
    return Object.hasOwn(handlers, type);
  }
}
