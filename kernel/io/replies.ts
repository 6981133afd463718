// Answers, on the channel and to the client that a request came from.

import type { Router } from "zeromq";
import type { HeaderFactory } from "../protocol/header.ts";
import { replyType } from "../protocol/requests.ts";
import type { Signer } from "../protocol/signature.ts";
import { encode } from "../protocol/wire.ts";
import type { Log } from "./log.ts";
import type { Parent } from "./parents.ts";
import { send } from "./receive.ts";
import type { Sockets } from "./sockets.ts";

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
  readonly #sockets: Sockets;
  readonly #signer: Signer;
  readonly #headers: HeaderFactory;
  readonly #log: Log;

  constructor(sockets: Sockets, signer: Signer, headers: HeaderFactory, log: Log) {
    this.#sockets = sockets;
    this.#signer = signer;
    this.#headers = headers;
    this.#log = log;
  }

  /** Answers a request. A message that expects no answer (a comm's) gets none. Throws if the content is not JSON. */
  reply(parent: Parent, content: object, metadata?: { [key: string]: unknown }): void {
    const type = replyType(parent.header.msg_type);
    if (type !== undefined) this.#send(this.#sockets[parent.channel], parent, type, content, metadata);
  }

  /** Asks the client that a request came from. */
  ask(parent: Parent, content: { prompt: string; password: boolean }): void {
    this.#send(this.#sockets.stdin, parent, "input_request", content);
  }

  #send(socket: Router, parent: Parent, type: string, content: object, metadata?: { [key: string]: unknown }): void {
    const header = this.#headers.create(type);
    const { identities, headerFrame } = parent;
    const frames = encode({ identities, header, parentHeader: headerFrame, metadata, content }, this.#signer);
    send(socket, frames, this.#log);
  }
}
