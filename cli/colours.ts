// Whether a stream gets colours: only a terminal does, unless the environment says otherwise.

import { stripVTControlCharacters } from "node:util";

/** What is asked of a stream; all that Node's own streams can tell. */
export interface Colourable {
  isTTY?: boolean;
  hasColors?: () => boolean;
}

/**
 * `FORCE_COLOR` wins over `NO_COLOR`, and both over what the stream is, as in Node. A terminal that says nothing about colours
 * has them.
 */
export function hasColours(stream: Colourable, env: NodeJS.ProcessEnv = process.env): boolean {
  const { FORCE_COLOR: forced, NO_COLOR: refused } = env;
  if (forced !== undefined) return !["0", "false"].includes(forced);
  if (refused !== undefined && refused !== "") return false;
  return stream.isTTY === true && env.TERM !== "dumb" && (stream.hasColors?.() ?? true);
}

/** The text as the stream may have it. */
export const colouredFor = (stream: Colourable, text: string): string =>
  hasColours(stream) ? text : stripVTControlCharacters(text);
