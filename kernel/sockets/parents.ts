// Requests by the number that the session knows them by, for as long as anything they started may still print.

import type { ParentId } from "../channel/messages.ts";
import { KERNEL_PARENT } from "../channel/messages.ts";
import type { Header } from "../protocol/header.ts";
import type { IncomingMessage } from "../protocol/wire.ts";

export type RequestChannel = "shell" | "control";

/** A request, as what replies and outputs need of it. */
export interface Parent {
  id: ParentId;
  channel: RequestChannel;
  identities: Buffer[];
  header: Header;
  headerFrame: Buffer;
}

const LARGEST_ID = 0xffff_ffff;

export class Parents {
  readonly #known = new Map<ParentId, Parent>();
  /** How often each is held, and whether it was to be forgotten meanwhile. */
  readonly #held = new Map<ParentId, { times: number; forgotten: boolean }>();
  #last: ParentId = KERNEL_PARENT;

  /** Numbers a request. It is not remembered before `remember`. */
  create(message: IncomingMessage, channel: RequestChannel): Parent {
    const { identities, header, headerFrame } = message;
    return { id: this.#nextId(), channel, identities, header, headerFrame };
  }

  remember(parent: Parent): void {
    this.#known.set(parent.id, parent);
  }

  /** The request of this number; undefined for the kernel's own output and for what has been forgotten. */
  get(id: ParentId): Parent | undefined {
    return this.#known.get(id);
  }

  forget(id: ParentId): void {
    const held = this.#held.get(id);
    if (held) held.forgotten = true;
    else this.#known.delete(id);
  }

  /** Keeps a request known, until what it returns is called. */
  hold(id: ParentId): () => void {
    const held = this.#held.get(id) ?? { times: 0, forgotten: false };
    held.times++;
    this.#held.set(id, held);
    return () => {
      if (--held.times > 0) return;
      this.#held.delete(id);
      if (held.forgotten) this.forget(id);
    };
  }

  get size(): number {
    return this.#known.size;
  }

  /** Numbers are 32 bits in the stream ring: after four billion requests they begin again. */
  #nextId(): ParentId {
    do {
      this.#last = this.#last === LARGEST_ID ? KERNEL_PARENT + 1 : this.#last + 1;
    } while (this.#known.has(this.#last));
    return this.#last;
  }
}
