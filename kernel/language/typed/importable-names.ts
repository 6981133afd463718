// Names that code could import: of the runtime, of Node's modules, of the packages that the notebook's folder depends on.
// The server could tell as well, but looks for them after each change of anything, which takes the time of real answers.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod/mini";
import { IMPORTABLE_FILE, type NotebookScope } from "../scope/notebook-scope.ts";
import type { LanguageServer } from "../server/language-server.ts";
import { completionList } from "../server/server-messages.ts";
import { completionType, type TypedCompletion } from "./typed-completions.ts";

/** First come first served: `setTimeout` of node:timers would only hide what everybody means. */
const MODULES = (
  "loopbook node:fs/promises node:fs node:path node:os node:url node:util node:crypto node:child_process node:events " +
  "node:http node:https node:zlib node:readline node:stream node:stream/promises node:worker_threads node:buffer " +
  "node:assert node:async_hooks node:sqlite"
).split(" ");
const SHORTEST_PREFIX = 3;
const MOST = 20;
/** How long an answer may wait for names to be looked up, in milliseconds. */
const PATIENCE = 250;

const manifestSchema = z.object({ dependencies: z.optional(z.record(z.string(), z.string())) });

interface Importable {
  module: string;
  type: string;
}

export class ImportableNames {
  readonly #server: LanguageServer;
  readonly #scope: NotebookScope;
  readonly #directory: string;
  readonly #names = new Map<string, Importable>();
  #loading: Promise<void> | undefined;

  constructor(server: LanguageServer, scope: NotebookScope, directory: string) {
    this.#server = server;
    this.#scope = scope;
    this.#directory = directory;
  }

  /** Imports for the word before the cursor. They are looked up once, and waited for where nothing known fits the word. */
  async completions(code: string, start: number, end: number, known: ReadonlySet<string>): Promise<TypedCompletion[]> {
    this.#loading ??= this.#load().catch(() => {
      this.#loading = undefined;
    });
    const prefix = code.slice(start, end);
    if (prefix.length < SHORTEST_PREFIX) return [];
    if (![...known].some((name) => name.startsWith(prefix))) await Promise.race([this.#loading, later(PATIENCE)]);
    // A statement may have another one before it; within an expression the front end has to add the import.
    const isStatement = /(?:^|\n|;)[ \t]*$/.test(code.slice(0, start));
    const fitting = [...this.#names].filter(([name]) => name.startsWith(prefix) && !known.has(name));
    return fitting.slice(0, MOST).map(([name, { module, type }]) => {
      const line = `import { ${name} } from "${module}";`;
      return { text: isStatement ? `${line}\n${name}` : name, start, end, type, import: line, word: name };
    });
  }

  async #load(): Promise<void> {
    const modules = [...MODULES, ...this.#dependencies()];
    const before = "import { ";
    const uri = this.#scope.uri(IMPORTABLE_FILE);
    this.#server.open(uri, modules.map((module) => `${before} } from "${module}";\n`).join(""));
    for (const [line, module] of modules.entries()) {
      const position = { line, character: before.length };
      const answer = completionList.parse(
        await this.#server.request("textDocument/completion", { textDocument: { uri }, position }),
      );
      for (const { label, kind } of Array.isArray(answer) ? answer : (answer?.items ?? []))
        if (!this.#names.has(label) && /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(label) && !NOT_NAMES.has(label))
          this.#names.set(label, { module, type: completionType(kind) });
    }
    this.#server.close(uri);
  }

  #dependencies(): string[] {
    try {
      const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(this.#directory, "package.json"), "utf8")));
      return Object.keys(manifest.dependencies ?? {});
    } catch {
      return [];
    }
  }
}

const later = (delay: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, delay).unref());

const NOT_NAMES = new Set(["type", "default"]);
