// Requests that the IO thread answers by itself, also while a cell runs.

import type { RuntimeInspector } from "../language/runtime-inspector.ts";
import type { Connection } from "../protocol/connection-file.ts";
import type { Request, RequestContent, RequestType } from "../protocol/requests.ts";
import type { Comms } from "./comms.ts";
import type { History } from "./history.ts";
import { KERNEL_INFO } from "./kernel-info.ts";

type Answered =
  | "kernel_info_request"
  | "connect_request"
  | "comm_info_request"
  | "history_request"
  | "is_complete_request"
  | "complete_request"
  | "inspect_request";

type Answers = { [T in Answered]: (content: RequestContent<T>) => object | Promise<object> };

export interface AnswerSources {
  connection: Connection;
  comms: Comms;
  history: History;
  inspector: RuntimeInspector;
}

/** Makes the function that answers a request, or returns undefined for a request that is not answered here. */
export function createAnswers(sources: AnswerSources): (request: Request) => object | Promise<object> | undefined {
  const { connection, comms, history, inspector } = sources;
  const answers: Answers = {
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
    is_complete_request: async ({ code }) => (await import("../language/is-complete.ts")).isComplete(code),
    complete_request: async ({ code, cursor_pos }) =>
      (await import("../language/complete.ts")).complete(inspector, code, cursor_pos),
    inspect_request: async ({ code, cursor_pos, detail_level }) =>
      (await import("../language/inspect.ts")).inspect(inspector, code, cursor_pos, detail_level),
  };
  const answer = <T extends Answered>(type: T, content: RequestContent<T>) => answers[type](content);
  return (request) => (isAnswered(request) ? answer(request.type, request.content) : undefined);

  function isAnswered(candidate: Request): candidate is Extract<Request, { type: Answered }> {
    const type: RequestType = candidate.type;
    return Object.hasOwn(answers, type);
  }
}
