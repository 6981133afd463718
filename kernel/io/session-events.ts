// What the session tells, in its order, on its way to the sockets.

import type { SessionEvent } from "../channel/messages.ts";
import type { History } from "../history/history.ts";
import type { Log } from "../log.ts";
import type { Comms } from "../queue/comms.ts";
import type { Jobs } from "../queue/jobs.ts";
import type { Iopub } from "../sockets/iopub.ts";
import type { Parents } from "../sockets/parents.ts";
import type { Replies } from "../sockets/replies.ts";
import type { LanguageTools } from "../types/language-tools.ts";
import type { Descriptors } from "./descriptors.ts";
import type { Input } from "./input.ts";
import type { StreamPump } from "./stream-pump.ts";

export interface SessionEventPorts {
  iopub: Iopub;
  replies: Replies;
  parents: Parents;
  jobs: Jobs;
  comms: Comms;
  history: History;
  input: Input;
  pump: StreamPump;
  language: LanguageTools;
  descriptors: Descriptors | undefined;
  exit(): void;
}

type Publish = Extract<SessionEvent, { type: "publish" }>;

export class SessionEvents {
  readonly #ports: SessionEventPorts;
  readonly #log: Log;

  constructor(ports: SessionEventPorts, log: Log) {
    this.#ports = ports;
    this.#log = log;
  }

  /** Never throws: an event that cannot be sent is logged, and the next one is not affected. */
  handle(event: SessionEvent): void {
    try {
      // Text that was printed before this event leaves before it.
      if ("ringPosition" in event) this.#drain(event.ringPosition);
      this.#handle(event);
    } catch (error) {
      this.#log.error(`${event.type} could not be handled`, error);
      if (event.type === "publish") this.#tellUnsent(event, error);
    }
  }

  #handle(event: SessionEvent): void {
    const { jobs, parents, pump, language, descriptors, input } = this.#ports;
    switch (event.type) {
      case "ready":
        this.#log.debug("the session is ready");
        break;
      case "publish":
        this.#publish(event);
        break;
      case "reply":
        input.endOf(event.parent);
        jobs.reply(event.parent, event.content, event.seconds);
        break;
      case "handled":
        jobs.handled(event.parent);
        break;
      case "lost":
        input.endOf(event.parent);
        jobs.lost(event.parent);
        break;
      case "input_request":
        this.#ask(event);
        break;
      case "program":
        descriptors?.open(event.parent);
        break;
      case "written":
        descriptors?.answer();
        break;
      case "stream":
        pump.wake();
        break;
      case "files_changed":
        language.filesChanged(event.paths);
        break;
      case "file_imported":
        language.fileImported(event.path);
        break;
      case "forget":
        parents.forget(event.parent);
        break;
      case "exit":
        this.#ports.exit();
        break;
    }
  }

  #drain(position: number): void {
    this.#ports.descriptors?.drain(position);
    this.#ports.pump.drain(position);
  }

  #publish({ messageType: type, parent: id, content, metadata, buffers }: Publish): void {
    const { iopub, parents, comms } = this.#ports;
    comms.saw(type, content);
    this.#record(type, id, content);
    iopub.publish({ type, content, parent: parents.get(id), metadata, buffers });
  }

  /** An output that is not JSON, or nested too deep for it, leaves at least a line where it was to be. */
  #tellUnsent({ messageType, parent }: Publish, error: unknown): void {
    const { iopub, parents } = this.#ports;
    iopub.stream("stderr", `a ${messageType} could not be sent: ${String(error)}\n`, parents.get(parent));
  }

  /** The inputs of cells that are to be stored, and the text of their results. */
  #record(type: string, id: number, content: { [key: string]: unknown }): void {
    if (type !== "execute_input" && type !== "execute_result") return;
    const job = this.#ports.jobs.running;
    const line = content.execution_count;
    if (job?.type !== "execute" || job.parent.id !== id || typeof line !== "number") return;
    if (job.content.silent || job.content.store_history === false) return;
    if (type === "execute_input") this.#ports.history.add(line, job.content.code);
    else {
      const text = plainText(content.data);
      if (text !== undefined) this.#ports.history.setOutput(line, text);
    }
  }

  #ask({ parent: id, question, prompt, password }: Extract<SessionEvent, { type: "input_request" }>): void {
    const { parents, input, replies } = this.#ports;
    const parent = parents.get(id);
    if (!parent) {
      this.#log.warn("a question has no client to go to");
      input.interrupt();
      return;
    }
    input.expect(replies.ask(parent, { prompt, password }), { number: question, parent: id });
  }
}

function plainText(data: unknown): string | undefined {
  if (typeof data !== "object" || data === null || !("text/plain" in data)) return undefined;
  const text = data["text/plain"];
  return typeof text === "string" ? text : undefined;
}
