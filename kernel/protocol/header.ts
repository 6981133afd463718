// The header of every Jupyter message: who sent it, what it is, and the id that replies and outputs refer to.

import * as z from "zod/mini";

/** The version of the messaging specification that this kernel speaks (5.5: iopub_welcome). */
export const PROTOCOL_VERSION = "5.5";

/** Only what the kernel needs is required: old clients leave out `date`, `version` or `username`. */
export const headerSchema = z.object({
  msg_id: z.string(),
  msg_type: z.string().check(z.minLength(1)),
  session: z.pipe(
    z.nullish(z.string()),
    z.transform((session) => session ?? ""),
  ),
  date: z.optional(z.unknown()),
});

export type Header = z.infer<typeof headerSchema>;

/** Makes the headers of one kernel session: ids count up, so that they are unique and cheap. */
export class HeaderFactory {
  readonly session: string;
  #count = 0;

  constructor(session: string) {
    this.session = session;
  }

  /** The id of the header that was made last. */
  get lastId(): string {
    return `${this.session}_${this.#count - 1}`;
  }

  /** A header as JSON text, ready for the wire. */
  create(messageType: string): string {
    return JSON.stringify({
      msg_id: `${this.session}_${this.#count++}`,
      msg_type: messageType,
      session: this.session,
      username: "kernel",
      date: new Date().toISOString(),
      version: PROTOCOL_VERSION,
    });
  }
}
