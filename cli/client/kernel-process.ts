// The process of a kernel: starts it with a connection file of its own, and knows when and why it ended.

import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Connection } from "../../kernel/protocol/connection-file.ts";
import { kernelSpec } from "../install/kernelspec.js";
import { createConnection } from "./connection.ts";

/** Characters kept of what the process itself writes, to explain a death. */
const REMEMBERED = 4_000;

export interface Environment {
  [name: string]: string;
}

export interface KernelSettings {
  /** Beside our own environment. */
  env?: Environment;
  /** Packages that cells name may be installed. Default: true. */
  mayInstall?: boolean | undefined;
}

export class KernelDiedError extends Error {
  override readonly name = "KernelDiedError";
}

export class KernelProcess {
  readonly connection: Connection;
  /** Settles when the process has ended. Never rejects. */
  readonly ended: Promise<KernelDiedError>;
  readonly #child: ChildProcess;
  #said = "";

  private constructor(connection: Connection, child: ChildProcess, folder: string) {
    this.connection = connection;
    this.#child = child;
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding("utf8").on("data", (text: string) => {
        this.#said = (this.#said + text).slice(-REMEMBERED);
      });
    this.ended = new Promise((resolve) => {
      const end = (how: string) => {
        void rm(folder, { recursive: true, force: true });
        resolve(new KernelDiedError(`The kernel ${how}${this.#said.trim() ? `:\n${this.#said.trim()}` : "."}`));
      };
      child.once("error", (error) => end(`did not start (${error.message})`));
      child.once("close", (code, signal) => end(signal ? `was ended by ${signal}` : `ended with exit code ${code}`));
    });
  }

  /** Starts a kernel whose working folder is `cwd`. It is not ready yet: see `KernelClient.start`. */
  static async start(cwd: string, { env, mayInstall }: KernelSettings = {}): Promise<KernelProcess> {
    const connection = await createConnection();
    const folder = await mkdtemp(join(tmpdir(), "loopbook-"));
    const file = join(folder, "connection.json");
    await writeFile(file, JSON.stringify(connection), { mode: 0o600 });
    const [engine = process.execPath, ...words] = kernelSpec({ mayInstall }).argv;
    const child = spawn(
      engine,
      words.map((word) => word.replace("{connection_file}", file)),
      { cwd, stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...env, JPY_PARENT_PID: String(process.pid) } },
    );
    return new KernelProcess(connection, child, folder);
  }

  /** Waits for the end, at most `seconds`; then ends the process by force. */
  async endWithin(seconds: number): Promise<void> {
    const timer = setTimeout(() => this.kill(), seconds * 1000);
    await this.ended;
    clearTimeout(timer);
  }

  kill(): void {
    this.#child.kill("SIGKILL");
  }
}
