// Where a session's output goes: to the cell that started the work. Text and messages keep their order.

import { KERNEL_PARENT, type ParentId, type PublishType, type SessionEvent } from "../channel/messages.ts";
import type { StreamName, StreamRingWriter } from "../channel/stream-ring.ts";
import { toJsonObject } from "../display/json.ts";
import { savable } from "../display/mime-bundle.ts";
import { type Cell, currentCell } from "./cell.ts";

type Positioned = Extract<SessionEvent, { ringPosition: number }>;
/** An event as the session makes it; its place among the stream text is added here. */
type Unpositioned<Event> = Event extends Positioned ? Omit<Event, "ringPosition"> : never;

const SHOWN: ReadonlySet<PublishType> = new Set(["display_data", "execute_result", "error"]);

export interface ShowOptions {
  parent?: ParentId;
  metadata?: object;
  fields?: { [key: string]: unknown };
}

export class Output {
  readonly #ring: StreamRingWriter;
  readonly #post: (event: SessionEvent) => void;
  /** Who gets the output of code that lost its async context, such as a callback of a native addon. */
  #fallback: Cell | undefined;

  /** How many times each cell has shown something. */
  readonly #shown = new Map<ParentId, number>();

  constructor(ring: StreamRingWriter, post: (event: SessionEvent) => void) {
    this.#ring = ring;
    this.#post = post;
  }

  /** The cell that is executing, or the last one that was. */
  set fallback(cell: Cell) {
    this.#fallback = cell;
  }

  get parent(): ParentId {
    return (currentCell() ?? this.#fallback)?.parent ?? KERNEL_PARENT;
  }

  /** The current cell may show something without this. */
  expectMore(): void {
    this.#count(this.parent);
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

  /** @throws {NotJsonError} where the content is not JSON */
  publish(
    messageType: PublishType,
    content: object,
    options: { parent?: ParentId; metadata?: { [key: string]: unknown }; buffers?: Uint8Array[] } = {},
  ): void {
    const { parent = this.parent, ...rest } = options;
    const json = toJsonObject(content, `the content of the message ${messageType}`);
    this.#publish({ messageType, parent, content: json, ...rest });
  }

  /**
   * Shows a mime bundle. `metadata` is the bundle's, `fields` are what the message has beside both.
   *
   * @throws {TypeError} where the bundle holds what no notebook can be saved with
   */
  show(
    messageType: Extract<PublishType, "display_data" | "update_display_data" | "execute_result">,
    bundle: object,
    { parent = this.parent, metadata = {}, fields = {} }: ShowOptions = {},
  ): void {
    const content = {
      data: savable(bundle),
      metadata: toJsonObject(metadata, "the metadata of what is shown"),
      ...toJsonObject(fields, `the content of the message ${messageType}`),
    };
    this.#publish({ messageType, parent, content });
  }

  #publish(message: Omit<Extract<SessionEvent, { type: "publish" }>, "type" | "ringPosition">): void {
    if (SHOWN.has(message.messageType)) this.#count(message.parent);
    else if (message.messageType === "clear_output") this.#shown.delete(message.parent);
    this.send({ type: "publish", ...message });
  }

  send(event: Unpositioned<Positioned>): void {
    this.#post({ ...event, ringPosition: this.#ring.written });
  }

  /** An event whose place among the output does not matter. */
  post(event: Exclude<SessionEvent, Positioned>): void {
    this.#post(event);
  }

  /** A cell is gone, and with it all that could print for it. */
  forget(parent: ParentId): void {
    this.#shown.delete(parent);
    this.send({ type: "forget", parent });
  }

  #count(parent: ParentId): void {
    this.#shown.set(parent, this.shownBy(parent) + 1);
  }
}
