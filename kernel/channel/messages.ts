// The one typed union of messages between the thread that speaks Jupyter (io/) and the thread that runs cells (session/).
// Neither side knows the other: a session in another process, behind a pipe, speaks the same union.

/** Names a request for as long as anything it started may still print. 0 is the kernel itself, outside every request. */
export type ParentId = number;

export const KERNEL_PARENT: ParentId = 0;

/** A Jupyter mime bundle: one value in several representations, keyed by mime type. */
export type MimeBundle = { [mimeType: string]: unknown };

export interface ExecuteRequest {
  type: "execute";
  parent: ParentId;
  code: string;
  silent: boolean;
  storeHistory: boolean;
  userExpressions: { [name: string]: string };
  allowStdin: boolean;
  /** Path of the notebook, where the client tells. */
  notebook: string | undefined;
  /** Why the cell must not run, each text beginning with `line n: `. */
  refusal?: string[];
}

export interface CommMessage {
  type: "comm_open" | "comm_msg" | "comm_close";
  parent: ParentId;
  content: { [key: string]: unknown };
  metadata: { [key: string]: unknown };
  buffers: Uint8Array[];
}

/** What the IO thread asks of the session. */
export type SessionRequest =
  | ExecuteRequest
  | CommMessage
  /**
   * A user's interrupt. Also signalled through `Signals`, for a session that does not come round to its messages. `working`
   * is the request that the session had been given, and had not answered, when it was sent.
   */
  | { type: "interrupt"; working?: ParentId | undefined }
  | { type: "shutdown"; restart: boolean };

/** Answer to an `input_request`, on a port of its own so that a blocked session can receive it. */
export type InputReply = { type: "input_reply"; question: number; value: string } | { type: "interrupt" };

export type PublishType =
  | "display_data"
  | "update_display_data"
  | "execute_input"
  | "execute_result"
  | "error"
  | "clear_output"
  | "comm_open"
  | "comm_msg"
  | "comm_close";

export type ExecuteReply =
  | { status: "ok"; execution_count: number; user_expressions: { [name: string]: unknown }; payload: unknown[] }
  | { status: "error"; execution_count: number; ename: string; evalue: string; traceback: string[] };

/** What the session tells the IO thread. Stream text travels in the `StreamRing`; `ringPosition` keeps the order of both. */
export type SessionEvent =
  | { type: "ready" }
  | {
      type: "publish";
      parent: ParentId;
      messageType: PublishType;
      content: { [key: string]: unknown };
      metadata?: { [key: string]: unknown };
      buffers?: Uint8Array[];
      ringPosition: number;
    }
  /** `seconds` is what the cell took, by the loop's clock. */
  | { type: "reply"; parent: ParentId; content: ExecuteReply; seconds: number; ringPosition: number }
  /** A comm message has been dealt with, and everything it published has been sent before this. */
  | { type: "handled"; parent: ParentId; ringPosition: number }
  /** `question` numbers what is asked, for its answer; what a cell has asked is given up when it ends. */
  | {
      type: "input_request";
      parent: ParentId;
      question: number;
      prompt: string;
      password: boolean;
      ringPosition: number;
    }
  /** A cell is about to start a program: the session waits for pipes, see `Descriptor`. */
  | { type: "program"; parent: ParentId }
  /** The session waits until all that has been written to pipes is on its way. */
  | { type: "written"; ringPosition: number }
  /** There is text in the ring and the reader is asleep. */
  | { type: "stream" }
  /** Files that a type checker may have read, or found missing, have been written. */
  | { type: "files_changed"; paths: string[] }
  /** A file of the user's has been imported for the first time. */
  | { type: "file_imported"; path: string }
  /** An interrupt stopped what worked on this request, and nothing of it is left that would answer. */
  | { type: "lost"; parent: ParentId }
  /** Nothing that this request started can print any more; what it has printed may still lie in the ring. */
  | { type: "forget"; parent: ParentId; ringPosition: number }
  /** The user's code, or a shutdown, ends the process: publish what is left, close the sockets, then set `Signals.exit`. */
  | { type: "exit"; code: number; ringPosition: number };
