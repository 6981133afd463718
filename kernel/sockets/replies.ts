// Answers, on the channel and to the client that a request came from.

import type { HeaderFactory } from "../protocol/header.ts";
import { replyType } from "../protocol/requests.ts";
import type { Signer } from "../protocol/signature.ts";
import { encode } from "../protocol/wire.ts";
import type { Outbox, Outboxes } from "./outbox.ts";
import type { Parent } from "./parents.ts";

export interface ErrorContent {
  status: "error";
  ename: string;
  evalue: string;
  traceback: string[];
}

export const errorContent = (ename: string, evalue: string): ErrorContent => ({
  status: "error",
  ename,
  evalue,
  traceback: [`${ename}: ${evalue}`],
});

/** What a request that is not run any more is answered with. */
export const ABORTED = { status: "aborted" } as const;

export class Replies {
  readonly #outboxes: Outboxes;
  readonly #signer: Signer;
  readonly #headers: HeaderFactory;

  constructor(outboxes: Outboxes, signer: Signer, headers: HeaderFactory) {
    this.#outboxes = outboxes;
    this.#signer = signer;
    this.#headers = headers;
  }

  /** Answers a request. A message that expects no answer (a comm's) gets none. Throws if the content is not JSON. */
  reply(parent: Parent, content: object, metadata?: { [key: string]: unknown }): void {
    const type = replyType(parent.header.msg_type);
    if (type !== undefined) this.#send(this.#outboxes[parent.channel], parent, type, content, metadata);
  }

  /** Asks the client that a request came from. Returns the id of the question's message. */
  ask(parent: Parent, content: { prompt: string; password: boolean }): string {
    this.#send(this.#outboxes.stdin, parent, "input_request", content);
    return this.#headers.lastId;
  }

  #send(outbox: Outbox, parent: Parent, type: string, content: object, metadata?: { [key: string]: unknown }): void {
    const header = this.#headers.create(type);
    const { identities, headerFrame } = parent;
    const frames = encode({ identities, header, parentHeader: headerFrame, metadata, content }, this.#signer);
    outbox.push(frames);
  }
}
