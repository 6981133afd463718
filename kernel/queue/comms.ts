// Which comms are open: a mirror of what passes both ways, so that comm_info is answered while a cell runs.

export class Comms {
  readonly #targets = new Map<string, string>();

  /** Notes a comm message in either direction. */
  saw(type: string, content: { [key: string]: unknown }): void {
    const { comm_id: id, target_name: target } = content;
    if (typeof id !== "string") return;
    if (type === "comm_open" && typeof target === "string") this.#targets.set(id, target);
    else if (type === "comm_close") this.#targets.delete(id);
  }

  /** The content of a comm_info_reply; only the comms of `target` where one is named. */
  info(target: string | null | undefined): { status: "ok"; comms: { [id: string]: { target_name: string } } } {
    const open = [...this.#targets].filter(([, name]) => target == null || name === target);
    return { status: "ok", comms: Object.fromEntries(open.map(([id, name]) => [id, { target_name: name }])) };
  }
}
