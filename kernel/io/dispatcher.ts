// From frames to who deals with them: reads, verifies and dispatches what clients send on shell, control and stdin.

import type { Log } from "../log.ts";
import type { DigestHistory } from "../protocol/replay.ts";
import { parseRequest, type Request } from "../protocol/requests.ts";
import type { Signer } from "../protocol/signature.ts";
import { toldNotebook } from "../protocol/told-notebook.ts";
import { decode, type IncomingMessage } from "../protocol/wire.ts";
import type { AbortWindow } from "../queue/abort-window.ts";
import type { Job } from "../queue/job-queue.ts";
import type { Jobs } from "../queue/jobs.ts";
import type { Iopub } from "../sockets/iopub.ts";
import type { Parent, Parents, RequestChannel } from "../sockets/parents.ts";
import { errorContent, type Replies } from "../sockets/replies.ts";
import type { Input } from "./input.ts";

export interface DispatcherPorts {
  signer: Signer;
  seen: DigestHistory;
  parents: Parents;
  iopub: Iopub;
  replies: Replies;
  jobs: Jobs;
  input: Input;
  abortWindow: AbortWindow;
  /** What answers a request by itself, without the session; undefined for everything else. */
  answer(request: Request): (() => object | Promise<object>) | undefined;
  interrupt(): void;
  shutdown(restart: boolean): void;
}

export class Dispatcher {
  readonly #ports: DispatcherPorts;
  readonly #log: Log;

  constructor(ports: DispatcherPorts, log: Log) {
    this.#ports = ports;
    this.#log = log;
  }

  /** A message on shell or control. */
  receive(channel: RequestChannel, frames: Buffer[]): void {
    const message = this.#decode(channel, frames);
    if (!message) return;
    this.#ports.abortWindow.observe(message.header);
    const parent = this.#ports.parents.create(message, channel);
    try {
      const parsed = parseRequest(message);
      if (parsed.ok) this.#dispatch(parsed.request, parent, message);
      else this.#refuse(parent, parsed.reason);
    } catch (error) {
      this.#refuse(parent, String(error));
    }
  }

  /** A message on stdin: the user's answer. */
  receiveInput(frames: Buffer[]): void {
    const message = this.#decode("stdin", frames);
    if (!message) return;
    const parsed = parseRequest(message);
    if (!parsed.ok) this.#log.warn(`stdin: ${parsed.reason}`);
    else if (parsed.request.type !== "input_reply") this.#log.warn(`stdin: unexpected ${parsed.request.type}`);
    else if (!this.#ports.input.answer(parsed.request.content.value, message.parentId))
      this.#log.info("stdin: an answer that nobody waits for");
  }

  #decode(channel: string, frames: Buffer[]): IncomingMessage | undefined {
    const decoded = decode(frames, this.#ports.signer, this.#ports.seen);
    if (decoded.ok) return decoded.message;
    this.#log.warn(`${channel}: ignored a message: ${decoded.reason}`);
    return undefined;
  }

  #dispatch(request: Request, parent: Parent, message: IncomingMessage): void {
    const job = toJob(request, parent, message);
    if (job) this.#ports.jobs.push(job);
    else if (request.type === "interrupt_request") {
      this.#answerNow(parent, () => ({ status: "ok" }));
      this.#ports.interrupt();
    } else if (request.type === "shutdown_request") {
      const content = { status: "ok", restart: request.content.restart };
      this.#answerNow(parent, () => {
        // Other clients of this kernel hear of it on iopub.
        this.#ports.iopub.publish({ type: "shutdown_reply", content, parent });
        return content;
      });
      this.#ports.shutdown(request.content.restart);
    } else {
      const answer = this.#ports.answer(request);
      if (answer) this.#answerNow(parent, answer);
      else this.#refuse(parent, `${request.type} is not expected on ${parent.channel}`);
    }
  }

  /** The request cannot be dealt with: says why to the client that sent it, and where outputs are shown. */
  #refuse(parent: Parent, reason: string): void {
    this.#log.warn(`${parent.channel}: ${reason}`);
    this.#answerNow(parent, () => {
      const content = errorContent("InvalidRequest", reason);
      this.#ports.iopub.error(parent, content);
      return content;
    });
  }

  /** Busy, reply, idle: now, whatever the session does. */
  #answerNow(parent: Parent, answer: () => object | Promise<object>): void {
    const { iopub, replies } = this.#ports;
    iopub.busy(parent);
    const finish = (content: object): void => {
      replies.reply(parent, content);
      iopub.idle(parent);
    };
    const fail = (error: unknown): void => {
      this.#log.error(`${parent.header.msg_type} failed`, error);
      finish(errorContent("InternalError", String(error)));
    };
    try {
      const content = answer();
      if (content instanceof Promise) content.then(finish).catch(fail);
      else finish(content);
    } catch (error) {
      fail(error);
    }
  }
}

/** What waits its turn for the session; undefined for requests that do not. */
function toJob(request: Request, parent: Parent, message: IncomingMessage): Job | undefined {
  const { metadata, buffers } = message;
  switch (request.type) {
    case "execute_request": {
      return { type: "execute", parent, content: request.content, notebook: toldNotebook(metadata) };
    }
    case "comm_open":
    case "comm_msg":
    case "comm_close":
      return { type: request.type, parent, content: request.content, metadata, buffers };
    default:
      return undefined;
  }
}
