// Comms: named channels between objects of the user's code and widgets of the front end.

import type { CommMessage } from "../channel/messages.ts";
import type { Output } from "./output.ts";

export interface CommHandlers {
  onMessage?: (data: unknown, buffers: Uint8Array[]) => void;
  onClose?: (data: unknown) => void;
}

/** What a target does with a comm that the front end opens, and may close again. */
export type CommTarget = (
  data: unknown,
  buffers: Uint8Array[],
  close: (data: { [key: string]: unknown }) => void,
) => CommHandlers | undefined;

export class Comms {
  readonly #output: Output;
  readonly #targets = new Map<string, CommTarget>();
  readonly #open = new Map<string, CommHandlers>();

  constructor(output: Output) {
    this.#output = output;
  }

  registerTarget(name: string, target: CommTarget): void {
    this.#targets.set(name, target);
  }

  handle({ type, parent, content, buffers }: CommMessage): void {
    const id = String(content.comm_id);
    const handlers = this.#open.get(id);
    switch (type) {
      case "comm_open": {
        const target = this.#targets.get(String(content.target_name));
        const close = (data: { [key: string]: unknown }): void => {
          this.#open.delete(id);
          this.#output.publish("comm_close", { comm_id: id, data }, { parent });
        };
        if (target) this.#open.set(id, target(content.data, buffers, close) ?? {});
        else close({});
        break;
      }
      case "comm_msg":
        handlers?.onMessage?.(content.data, buffers);
        break;
      case "comm_close":
        this.#open.delete(id);
        handlers?.onClose?.(content.data);
        break;
    }
  }
}
