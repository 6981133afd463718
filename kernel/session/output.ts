// Where a session's output goes: to the cell that started the work. Text and messages keep their order.

import { KERNEL_PARENT, type ParentId, type PublishType, type SessionEvent } from "../channel/messages.ts";
import type { StreamName, StreamRingWriter } from "../channel/stream-ring.ts";
import { type Cell, currentCell } from "./cell.ts";

type Positioned = Extract<SessionEvent, { ringPosition: number }>;
/** An event as the session makes it; its place among the stream text is added here. */
type Unpositioned<Event> = Event extends Positioned ? Omit<Event, "ringPosition"> : never;

const SHOWN: ReadonlySet<PublishType> = new Set(["display_data", "execute_result", "error"]);

export class Output {
  readonly #ring: StreamRingWriter;
  readonly #post: (event: SessionEvent) => void;
  /** Who gets the output of code that lost its async context, such as a callback of a native addon. */
  #fallback: ParentId = KERNEL_PARENT;

  /** How many times each cell has shown something. */
  readonly #shown = new Map<ParentId, number>();

  constructor(ring: StreamRingWriter, post: (event: SessionEvent) => void) {
    this.#ring = ring;
    this.#post = post;
  }

  /** The cell that is executing, or the last one that was. */
  set fallback(cell: Cell) {
    this.#fallback = cell.parent;
  }

  get parent(): ParentId {
    return currentCell()?.parent ?? this.#fallback;
  }

  /** How many outputs a cell has at most. */
  shownBy(parent: ParentId): number {
    return this.#shown.get(parent) ?? 0;
  }

  write(name: StreamName, text: string, parent = this.parent): void {
    if (text.length === 0) return;
    this.#count(parent);
    this.#ring.write(parent, name, text);
  }

  publish(
    messageType: PublishType,
    content: { [key: string]: unknown },
    options: { parent?: ParentId; metadata?: { [key: string]: unknown }; buffers?: Uint8Array[] } = {},
  ): void {
    const { parent = this.parent, ...rest } = options;
    if (SHOWN.has(messageType)) this.#count(parent);
    else if (messageType === "clear_output") this.#shown.delete(parent);
    this.send({ type: "publish", parent, messageType, content, ...rest });
  }

  send(event: Unpositioned<Positioned>): void {
    this.#post({ ...event, ringPosition: this.#ring.written });
  }

  /** An event whose place among the output does not matter. */
  post(event: Exclude<SessionEvent, Positioned>): void {
    if (event.type === "forget") this.#shown.delete(event.parent);
    this.#post(event);
  }

  #count(parent: ParentId): void {
    this.#shown.set(parent, this.shownBy(parent) + 1);
  }
}
