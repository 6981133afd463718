// One life of TypeScript's language server: a child process that speaks JSON-RPC on its standard streams.

import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { MessageConnection } from "vscode-jsonrpc/node";

export interface ServerOptions {
  /** The native server. */
  executable: string;
  /** The notebook's folder. */
  directory: string;
  /** Name of the file, beside the notebook, that the server reads instead of tsconfig.json. */
  configName: string;
}

export interface ServerProcess {
  /** Rejects if the server refuses the request or ends. */
  request(method: string, params: object): Promise<unknown>;
  notify(method: string, params: object): void;
  /** Resolves with the reason once the process has ended, whyever. */
  readonly ended: Promise<string>;
  kill(): void;
}

/** The garbage collector works harder above this. */
const MEMORY_LIMIT = "320MiB";

/** A process that is lost may take so long, in milliseconds, to be known to have ended. */
const END_DELAY = 50;

/** Path of the native server. Rejects where the `typescript` package, or its part for this platform, is not installed. */
export async function findServer(): Promise<string> {
  const folder = dirname(createRequire(import.meta.url).resolve("typescript/package.json"));
  const { default: getExePath }: { default: () => string } = await import(
    pathToFileURL(join(folder, "lib", "getExePath.js")).href
  );
  return getExePath();
}

/** Starts the server. Resolves when it takes requests. */
export async function startServer(options: ServerOptions): Promise<ServerProcess> {
  const { executable, directory, configName } = options;
  const child = spawn(executable, ["--lsp", "--stdio"], {
    cwd: directory,
    stdio: ["pipe", "pipe", "ignore"],
    env: { GOMEMLIMIT: MEMORY_LIMIT, ...process.env },
    windowsHide: true,
  });
  const kill = (): void => {
    child.kill("SIGKILL");
  };
  const ended = new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (code, signal) => resolve(`it ended with ${signal ?? `code ${code}`}`));
  });
  // A server that is gone cannot be written to; `ended` says so.
  child.stdin.on("error", kill);

  const connection = await connect(child.stdout, child.stdin);
  connection.onError(kill);
  // Looking for what could be imported goes on after every change, and takes the time of the next answer.
  const preferences = { customConfigFileName: configName, suggest: { autoImports: false } };
  connection.onRequest("workspace/configuration", ({ items }: { items: unknown[] }) => items.map(() => preferences));
  connection.listen();
  const request = async (method: string, params: object): Promise<unknown> => {
    try {
      return await connection.sendRequest(method, params);
    } catch (error) {
      // That the server ended says more than that it could not be written to.
      const reason = await Promise.race([ended, later(END_DELAY)]);
      throw reason === undefined ? error : new Error(reason);
    }
  };
  const notify = (method: string, params: object): void => {
    connection.sendNotification(method, params).catch(kill);
  };
  void ended.then(() => connection.dispose());
  await request("initialize", initializeParams(directory, preferences));
  notify("initialized", {});
  // Preferences take effect with the first request. A document that is opened before it has the server look for another
  // project than ours: it would read all that the user's own tsconfig.json includes.
  await request("workspace/symbol", { query: "" });
  return { request, notify, ended, kill };
}

const later = (delay: number): Promise<undefined> =>
  new Promise((resolve) => setTimeout(resolve, delay, undefined).unref());

async function connect(output: NodeJS.ReadableStream, input: NodeJS.WritableStream): Promise<MessageConnection> {
  const { createMessageConnection, StreamMessageReader, StreamMessageWriter } = await import("vscode-jsonrpc/node");
  return createMessageConnection(new StreamMessageReader(output), new StreamMessageWriter(input));
}

function initializeParams(directory: string, userPreferences: object): object {
  const rootUri = pathToFileURL(directory).href;
  const documentationFormat = ["markdown", "plaintext"];
  return {
    processId: process.pid,
    rootUri,
    workspaceFolders: [{ uri: rootUri, name: "notebook" }],
    // Each log message costs as much as an answer.
    initializationOptions: { logVerbosity: 0, userPreferences },
    capabilities: {
      general: { positionEncodings: ["utf-16"] },
      workspace: { configuration: true },
      textDocument: {
        diagnostic: {},
        hover: { contentFormat: documentationFormat },
        definition: { linkSupport: true },
        signatureHelp: { signatureInformation: { documentationFormat } },
        completion: {
          completionItem: {
            documentationFormat,
            resolveSupport: { properties: ["detail"] },
          },
          completionList: { itemDefaults: ["commitCharacters", "editRange", "data"] },
        },
      },
    },
  };
}
