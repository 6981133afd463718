// Jupyter's connection file: where the five sockets bind, and the key that signs messages.

import * as z from "zod/mini";

export const CHANNELS = ["shell", "control", "stdin", "iopub", "hb"] as const;
export type Channel = (typeof CHANNELS)[number];

const SIGNATURE_SCHEME = "hmac-sha256";

const port = z.int().check(z.minimum(1), z.maximum(65_535));

const connectionSchema = z.object({
  transport: z._default(z.enum(["tcp", "ipc"]), "tcp"),
  ip: z.string().check(z.minLength(1)),
  shell_port: port,
  control_port: port,
  stdin_port: port,
  iopub_port: port,
  hb_port: port,
  key: z._default(z.string(), ""),
  signature_scheme: z._default(z.string(), SIGNATURE_SCHEME),
});

export type Connection = z.infer<typeof connectionSchema>;

/**
 * Reads the text of a connection file.
 *
 * Throws an error that names the bad field, or the signature scheme if it is not `hmac-sha256` (an empty key means that
 * messages are not signed, whatever the scheme).
 */
export function parseConnectionFile(text: string): Connection {
  const parsed = connectionSchema.safeParse(parseJson(text));
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join(".") || "file"} (${issue.message})`);
    throw new Error(`The connection file does not fit: ${faults.join(", ")}`);
  }
  const { key, signature_scheme } = parsed.data;
  if (key !== "" && signature_scheme !== SIGNATURE_SCHEME)
    throw new Error(`signature_scheme is ${JSON.stringify(signature_scheme)}; this kernel knows ${SIGNATURE_SCHEME}`);
  return parsed.data;
}

/** The ZeroMQ address of a channel: `tcp://127.0.0.1:50123`, or `ipc://path-1` where ports number the files. */
export function endpoint(connection: Connection, channel: Channel): string {
  const number = connection[`${channel}_port`];
  if (connection.transport === "ipc") return `ipc://${connection.ip}-${number}`;
  const host = connection.ip.includes(":") ? `[${connection.ip}]` : connection.ip;
  return `tcp://${host}:${number}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error("The connection file is not JSON", { cause: error });
  }
}
