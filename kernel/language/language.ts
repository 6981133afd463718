// The language of a notebook: completion, inspection and type errors, from TypeScript's server where it answers in time
// and from the running kernel where it does not.

import type { NotebookPlace } from "../modules/notebook-place.ts";
import { type CompleteReply, complete, type TypedSource } from "./complete.ts";
import { type InspectReply, inspect, type TypedInspector } from "./inspect.ts";
import { isHidden, type RuntimeInspector } from "./live/runtime-inspector.ts";
import type { DeclarationKind } from "./scope/declared-names.ts";
import { Question } from "./scope/draft.ts";
import { NotebookDocuments } from "./scope/notebook-documents.ts";
import { NotebookScope } from "./scope/notebook-scope.ts";
import { CONFIG_FILE, CONFIG_NAME, changesProject, projectConfig } from "./scope/typescript-project.ts";
import { LanguageServer } from "./server/language-server.ts";
import { rejectAfter } from "./server/reject-after.ts";
import { fileChanges, watchFolder } from "./server/watch-folder.ts";
import type { CompletionContext } from "./text/completion-context.ts";
import { ImportableNames } from "./typed/importable-names.ts";
import { type CheckOptions, TypeCheck } from "./typed/type-check.ts";
import { type TypedCompletion, typedCompletions, withSignatures } from "./typed/typed-completions.ts";
import { typedInspection, typedSignatures } from "./typed/typed-inspection.ts";

export interface LanguageOptions {
  /** The notebook's. */
  place: NotebookPlace;
  inspector: RuntimeInspector;
  /** Called once, the first time that the server cannot be had. */
  onTrouble: (reason: string) => void;
  /** The server in place of the one of the `typescript` package. */
  executable?: string | undefined;
}

/** How long, in milliseconds, types may take before the running kernel answers alone; the first includes the start. */
const PATIENCE = 1_000;
const FIRST_PATIENCE = 300;

export class Language {
  readonly #place: NotebookPlace;
  readonly #inspector: RuntimeInspector;
  readonly #scope: NotebookScope;
  readonly #server: LanguageServer;
  readonly #documents: NotebookDocuments;
  readonly #check: TypeCheck;
  readonly #importable: ImportableNames;
  /** What ends the watch of each folder. */
  readonly #watched = new Map<string, () => void>();
  readonly #typed: TypedSource & TypedInspector;
  /** Questions share a document. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor({ place, inspector, onTrouble, executable }: LanguageOptions) {
    const { directory } = place;
    this.#inspector = inspector;
    this.#scope = new NotebookScope(directory);
    this.#server = new LanguageServer({ directory, configName: CONFIG_NAME, executable, onTrouble });
    this.#place = place;
    this.#openProject();
    this.#documents = new NotebookDocuments(this.#server, this.#scope);
    this.#check = new TypeCheck({ server: this.#server, documents: this.#documents, inspector });
    this.#importable = new ImportableNames(this.#server, this.#scope, directory);
    this.watch(directory);
    this.#typed = {
      completions: (code, cursor, context) =>
        this.#inTime(this.#inTurn(() => this.#completions(code, cursor, context))),
      signed: (found, patience) => withSignatures(this.#server, found, patience),
      inspect: (code, cursor, at, wantsSource) =>
        this.#inTime(this.#inTurn(() => this.#inspection(code, cursor, at.end, at.called, wantsSource))),
    };
  }

  /** Whether the type checker answers without having to be started. */
  get ready(): boolean {
    return this.#server.ready;
  }

  /** Starts the type checker before it is needed, and has it read its libraries. */
  warmUp(): void {
    this.check("").catch(() => {});
  }

  complete(code: string, cursorPos: number): Promise<CompleteReply> {
    return complete({ inspector: this.#inspector, typed: this.#typed }, code, cursorPos);
  }

  inspect(code: string, cursorPos: number, detailLevel: number): Promise<InspectReply> {
    return inspect({ inspector: this.#inspector, typed: this.#typed }, code, cursorPos, detailLevel);
  }

  /** See `TypeCheck.check`. */
  check(code: string, options: CheckOptions = {}): Promise<string[]> {
    return this.#check.check(code, options);
  }

  /** Files have been written, or deleted. */
  filesChanged(paths: readonly string[]): void {
    if (changesProject(paths)) this.#openProject();
    this.#server.notify("workspace/didChangeWatchedFiles", { changes: paths.flatMap(fileChanges) });
  }

  /** Has the type checker read anew what changes in a folder that cells import from. The notebook's own is one. */
  watch(folder: string): void {
    if (this.#watched.has(folder)) return;
    this.#watched.set(
      folder,
      watchFolder(folder, (paths) => this.filesChanged(paths)),
    );
  }

  close(): void {
    for (const stop of this.#watched.values()) stop();
    this.#server.dispose();
  }

  async #completions(code: string, cursor: number, context: CompletionContext): Promise<TypedCompletion[]> {
    const found = await typedCompletions(this.#question(code), cursor, context);
    const inScope = found.find(({ global }) => global);
    if (context.kind !== "name" || !inScope) return found;
    // The document brings in the names that the code mentions; any other may be meant as well.
    const known = new Set(found.map(({ text }) => text));
    const { start, end } = inScope;
    const declared = this.#scope.names
      .filter(({ name }) => !known.has(name) && !isHidden(name))
      .map(({ name, kind }) => ({ text: name, start, end, type: TYPES[kind] }));
    // What stands in this code, and what its type asks for, is nearer than what other cells have, and that than globals.
    const near = found.filter(({ global }) => !global);
    const all = [...near, ...declared, ...found.filter(({ global }) => global)];
    const names = new Set(all.map(({ text }) => text));
    return [...all, ...(await this.#importable.completions(code, start, cursor, names))];
  }

  async #inspection(code: string, cursor: number, end: number, called: boolean, wantsSource: boolean) {
    const question = this.#question(code);
    const signatures = called && !wantsSource ? await typedSignatures(question, cursor) : undefined;
    const found = signatures ?? (await typedInspection(question, this.#scope, end - 1, wantsSource));
    if (found) return found;
    // The name of a type says nothing where a value is expected, as in a cell with nothing but it.
    const [name] = /(?<![.\p{ID_Continue}$])[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.exec(code.slice(0, end)) ?? [];
    if (name === undefined) return undefined;
    const asType = `type _ = ${name}`;
    return typedInspection(this.#question(asType), this.#scope, asType.length - 1, wantsSource);
  }

  #openProject(): void {
    this.#server.open(this.#scope.uri(CONFIG_FILE), projectConfig(this.#place), "json");
  }

  #question(code: string): Question {
    return new Question(this.#server, this.#documents, code);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const answer = this.#turn.then(work);
    this.#turn = answer.catch(() => {});
    return answer;
  }

  #inTime<T>(answer: Promise<T>): Promise<T> {
    return Promise.race([answer, rejectAfter(this.ready ? PATIENCE : FIRST_PATIENCE)]);
  }
}

const TYPES: { [kind in DeclarationKind]: string } = {
  let: "variable",
  const: "variable",
  function: "function",
  class: "class",
  enum: "enum",
  interface: "interface",
  type: "type",
  namespace: "module",
  import: "variable",
};
