// Requests as the parts of the IO thread see them.

import type { HistoryRequest } from "../../../kernel/protocol/requests.ts";
import type { Job } from "../../../kernel/queue/job-queue.ts";
import type { Parent } from "../../../kernel/sockets/parents.ts";

export const parent = (id: number, type = "execute_request"): Parent => {
  const header = { msg_id: `m${id}`, msg_type: type, session: "client" };
  return { id, channel: "shell", identities: [], header, headerFrame: Buffer.from(JSON.stringify(header)) };
};

export const executeJob = (id: number): Job => ({
  type: "execute",
  parent: parent(id),
  content: { code: String(id), silent: false, user_expressions: {}, allow_stdin: false, stop_on_error: true },
  notebook: undefined,
});

export const commJob = (id: number): Job => ({
  type: "comm_msg",
  parent: parent(id, "comm_msg"),
  content: { comm_id: "c", data: {} },
  metadata: {},
  buffers: [],
});

export const historyRequest = (changes: Partial<HistoryRequest>): HistoryRequest => ({
  hist_access_type: "tail",
  output: false,
  raw: true,
  unique: false,
  ...changes,
});
