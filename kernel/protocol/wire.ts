// Messages to multipart frames and back: identities, <IDS|MSG>, signature, four JSON frames, buffers.

import * as z from "zod/mini";
import { type Header, headerSchema } from "./header.ts";
import type { DigestHistory } from "./replay.ts";
import type { Frame, Signer } from "./signature.ts";

const DELIMITER = Buffer.from("<IDS|MSG>");
const EMPTY_OBJECT = "{}";
const LONGEST_SNIPPET = 80;

export interface IncomingMessage {
  /** Routing frames: a reply sent with them reaches the client that asked. */
  identities: Buffer[];
  header: Header;
  /** The header exactly as it came: it is the parent header of everything that answers it. */
  headerFrame: Buffer;
  /** Id of the message that this one answers, where the client says. */
  parentId: string | undefined;
  metadata: { [key: string]: unknown };
  content: { [key: string]: unknown };
  buffers: Buffer[];
}

export type Decoded = { ok: true; message: IncomingMessage } | { ok: false; reason: string };

export interface OutgoingMessage {
  /** Routing frames of a ROUTER socket, or the topic of a PUB socket. */
  identities: readonly Frame[];
  /** JSON text of the header. */
  header: string;
  /** JSON text of the header that this message answers. Default: none. */
  parentHeader?: Frame | undefined;
  metadata?: { [key: string]: unknown } | undefined;
  content: object;
  buffers?: readonly Uint8Array[] | undefined;
}

const jsonObject = z.record(z.string(), z.unknown());
/** `null` is read as empty. */
const optionalObject = z.nullable(jsonObject);

/** Reads and verifies the frames of a message. What is wrong with them comes back as a reason, in one short line. */
export function decode(frames: readonly Buffer[], signer: Signer, seen: DigestHistory): Decoded {
  const delimiter = frames.findIndex((frame) => frame.equals(DELIMITER));
  if (delimiter < 0) return bad("malformed: no <IDS|MSG> delimiter");
  const [signature, header, parent, metadata, content] = frames.slice(delimiter + 1);
  if (!signature || !header || !parent || !metadata || !content)
    return bad(`truncated: ${frames.length - delimiter - 1} frames after the delimiter, 5 needed`);
  if (signer.signs) {
    if (!signer.verify(signature, [header, parent, metadata, content]))
      return bad(signature.length === 0 ? "unsigned" : "bad signature");
    // After the check, so that only who has the key can fill the history.
    if (!seen.add(signature.toString("latin1"))) return bad("duplicated signature");
  }
  const parsedHeader = headerSchema.safeParse(parse(header));
  if (!parsedHeader.success) return bad(`invalid header: ${snippet(header)}`);
  const parsedParent = optionalObject.safeParse(parse(parent));
  if (!parsedParent.success) return bad(`invalid parent header: ${snippet(parent)}`);
  const parsedMetadata = optionalObject.safeParse(parse(metadata));
  if (!parsedMetadata.success) return bad(`invalid metadata: ${snippet(metadata)}`);
  const parsedContent = jsonObject.safeParse(parse(content));
  if (!parsedContent.success) return bad(`invalid content: ${snippet(content)}`);
  return {
    ok: true,
    message: {
      identities: frames.slice(0, delimiter),
      header: parsedHeader.data,
      headerFrame: header,
      parentId: typeof parsedParent.data?.msg_id === "string" ? parsedParent.data.msg_id : undefined,
      metadata: parsedMetadata.data ?? {},
      content: parsedContent.data,
      buffers: frames.slice(delimiter + 6),
    },
  };
}

/** The signed frames of a message. Throws if its content is not JSON (a cycle, a BigInt). */
export function encode(message: OutgoingMessage, signer: Signer): (Frame | Uint8Array)[] {
  const parts = [
    message.header,
    message.parentHeader ?? EMPTY_OBJECT,
    message.metadata ? JSON.stringify(message.metadata) : EMPTY_OBJECT,
    JSON.stringify(message.content),
  ];
  return [...message.identities, DELIMITER, signer.sign(parts), ...parts, ...(message.buffers ?? [])];
}

const bad = (reason: string): Decoded => ({ ok: false, reason });

/** JSON, or undefined (which no schema accepts) where the frame is not JSON. */
function parse(frame: Buffer): unknown {
  try {
    return JSON.parse(frame.toString("utf8"));
  } catch {
    return undefined;
  }
}

const snippet = (frame: Buffer): string => JSON.stringify(frame.toString("utf8", 0, LONGEST_SNIPPET));
