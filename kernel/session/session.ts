// The session: what a notebook has defined, and the cell that executes now.

import { KeyboardInterrupt } from "../../runtime/index.ts";
import type { ExecuteReply, ExecuteRequest, ParentId, SessionRequest } from "../channel/messages.ts";
import { type CompiledCell, type CompileOptions, compile } from "../compile/compile.ts";
import { Intrinsic } from "../compile/intrinsics.ts";
import { KnownNames } from "../compile/known-names.ts";
import { CellSyntaxError } from "../compile/syntax-error.ts";
import { isError } from "../display/inspected.ts";
import { savable } from "../display/mime-bundle.ts";
import { mimeBundle, simpleBundle } from "../display/representation.ts";
import type { CellModules } from "../modules/cell-modules.ts";
import type { CompilerOptions } from "../modules/compiler-options.ts";
import type { NotebookPlace } from "../modules/notebook-place.ts";
import { Cell } from "./cell.ts";
import type { Comms } from "./comms.ts";
import { isDisplayed } from "./display-function.ts";
import { stackLines } from "./error-parts.ts";
import { type Evaluator, UncompilableScript } from "./evaluator.ts";
import { Execution } from "./execution.ts";
import type { Exit } from "./exit.ts";
import type { Input } from "./input.ts";
import { type Interrupts, keyboardInterrupt } from "./interrupt.ts";
import type { NotebookLoop } from "./notebook-loop.ts";
import type { Output } from "./output.ts";
import type { Script, Scripts } from "./scripts.ts";
import type { Stopper } from "./stopper.ts";
import { type ErrorContent, errorContent } from "./traceback.ts";

/** The cell was not run, because its types are wrong and that was asked for. */
class TypeCheckError extends Error {
  override readonly name = "TypeCheckError";
  // There is no place in any code that throws it.
  override stack = "";
}

export interface SessionParts {
  output: Output;
  scripts: Scripts;
  loop: NotebookLoop;
  comms: Comms;
  interrupts: Interrupts;
  input: Input;
  evaluator: Evaluator;
  stopper: Stopper;
  modules: CellModules;
  exit: Exit;
  place: NotebookPlace;
  /** As the notebook's tsconfig.json says. */
  compilerOptions: CompilerOptions;
}

interface Asked {
  cell: Cell;
  /** When it began, in seconds of the loop's clock. */
  began: number;
  isAnswered: boolean;
}

export class Session {
  readonly #parts: SessionParts;
  readonly #evaluator: Evaluator;
  readonly #known = new KnownNames();
  /** By execution count, for errors that lost the context of their cell. */
  readonly #parentOf = new Map<number, ParentId>();
  /** A cell that nothing refers to any more can print nothing any more. */
  readonly #collected = new FinalizationRegistry<{ executionCount: number; parent: ParentId }>((cell) => {
    if (this.#parentOf.get(cell.executionCount) === cell.parent) this.#parentOf.delete(cell.executionCount);
    this.#parts.output.forget(cell.parent);
  });
  #executionCount = 0;
  #scriptCount = 0;
  /** The cell whose reply has not been sent. */
  #unanswered: Asked | undefined;
  /** What of it executes now. */
  #execution: Execution | undefined;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.#evaluator = parts.evaluator;
  }

  /** The number of the latest cell. */
  get executionCount(): number {
    return this.#executionCount;
  }

  /** Whether `cell` is the one that executes now. */
  isExecuting(cell: Cell | undefined): boolean {
    return cell !== undefined && this.#execution?.cell === cell;
  }

  handle(request: SessionRequest): void {
    const { comms, exit, output } = this.#parts;
    switch (request.type) {
      case "execute":
        void this.#execute(request);
        break;
      case "comm_open":
      case "comm_msg":
      case "comm_close":
        try {
          comms.handle(request);
        } catch (error) {
          this.showError(error, undefined);
        }
        output.send({ type: "handled", parent: request.parent });
        break;
      case "interrupt":
        this.#interrupted(request.working);
        break;
      case "shutdown":
        exit.now(0);
    }
  }

  /** Asks the executing cell to stop. Asked again, it is given up even if its clean-up has not ended. */
  interrupt(): void {
    if (this.#execution) this.#execution.interrupt();
    // It has not begun, and will not.
    else if (this.#unanswered) this.#unanswered.cell.interrupted = true;
  }

  /** Shows an error that no execution will report, in the cell that it came from. */
  showError(error: unknown, cell: Cell | undefined): void {
    // An interrupt that ended code which the executing cell does not wait for is meant for the cell as well.
    if (isError(error) && error instanceof KeyboardInterrupt && this.isExecuting(cell)) {
      this.interrupt();
      return;
    }
    const { output, scripts } = this.#parts;
    const parent = cell?.parent ?? this.#parentInStack(error) ?? output.parent;
    output.publish("error", errorContent(error, scripts), { parent });
  }

  async #execute(request: ExecuteRequest): Promise<void> {
    const { output, loop, place } = this.#parts;
    const began = loop.time();
    const counted = request.storeHistory && !request.silent;
    if (counted) this.#executionCount++;
    if (request.notebook !== undefined) place.tell(request.notebook);
    const cell = new Cell({
      parent: request.parent,
      // What is outside of the history has the number that the next cell in it will have.
      executionCount: counted ? this.#executionCount : this.#executionCount + 1,
      url: `loopbook:cell/${++this.#scriptCount}`,
      allowStdin: request.allowStdin,
      silent: request.silent,
    });
    output.fallback = cell;
    const { executionCount, parent } = cell;
    this.#parentOf.set(executionCount, parent);
    this.#collected.register(cell, { executionCount, parent });
    if (!request.silent)
      output.publish("execute_input", { code: request.code, execution_count: executionCount }, { parent });
    const asked = { cell, began, isAnswered: false };
    this.#unanswered = asked;
    this.#answer(asked, await this.#run(cell, request));
  }

  /** Sends the reply of a cell, with its error. A cell that was answered before, because it was stopped, says nothing more. */
  #answer(asked: Asked, content: ExecuteReply): void {
    if (asked.isAnswered) return;
    asked.isAnswered = true;
    if (this.#unanswered === asked) this.#unanswered = undefined;
    const { output, loop, input } = this.#parts;
    const { cell, began } = asked;
    input.endOf(cell);
    const { parent } = cell;
    if (content.status === "error" && !cell.silent) {
      const { ename, evalue, traceback } = content;
      output.publish("error", { ename, evalue, traceback }, { parent });
    }
    output.send({ type: "reply", parent, content, seconds: loop.time() - began });
  }

  async #run(cell: Cell, request: ExecuteRequest): Promise<ExecuteReply> {
    const execution_count = cell.executionCount;
    const script = { name: `Cell [${execution_count}]`, source: request.code, positions: () => undefined };
    try {
      if (request.refusal) throw new TypeCheckError(request.refusal.map((text) => `${script.name}, ${text}`).join(""));
      await this.#evaluate(cell, request.code, script, () => this.#showResult(cell));
      const user_expressions = await this.#userExpressions(cell, request.userExpressions);
      return { status: "ok", execution_count, user_expressions, payload: [] };
    } catch (error) {
      return { status: "error", execution_count, ...errorContent(error, this.#parts.scripts, script) };
    }
  }

  /** Runs code as part of a cell, and `finish` as its end; rejects with what the user is to see. */
  async #evaluate(
    cell: Cell,
    code: string,
    script: Script,
    finish: () => Promise<void> | undefined = () => undefined,
  ): Promise<void> {
    const { scripts, loop, compilerOptions } = this.#parts;
    const options = { id: `${this.#scriptCount}_`, known: this.#known, ...compilerOptions };
    const written = await compile(code, options);
    if (cell.interrupted) throw keyboardInterrupt();
    scripts.add(cell.url, { ...script, positions: written.positions, origin: written });
    if (written.script.includes(Intrinsic.call)) loop.watchCalls();
    const body = async (): Promise<void> => {
      // A cell whose imports fail has declared nothing.
      const compiled = written.imports.length > 0 ? await this.#import(cell, written, options, script) : written;
      for (const name of compiled.kept) cell.kept.set(name, this.#evaluator.read(name));
      this.#known.add(compiled);
      await this.#evaluator.run(compiled.script, cell.url).finally(() => cell.disposables.disposeAsync());
      await loop.checkpoint(finish());
      while (cell.pending.size > 0) await loop.checkpoint(Promise.all(cell.pending));
    };
    const execution = new Execution(cell, () => loop.startCell(cell, script.name, body));
    this.#execution = execution;
    try {
      await execution.ended;
    } catch (error) {
      this.#uncoverGlobals(written.names);
      if (!isError(error) || !(error instanceof UncompilableScript)) throw error;
      throw new CellSyntaxError(error.message, scripts.locate(cell.url, error.position)?.position);
    } finally {
      this.#execution = undefined;
      await loop.endCell();
    }
  }

  /** A cell that failed before it came to `const fetch = …` leaves the global one in sight. */
  #uncoverGlobals(names: ReadonlySet<string>): void {
    for (const name of names) if (name in globalThis && this.#evaluator.uncover(name)) this.#known.forget(name);
  }

  /** Loads what a cell imports. Names that turn out to be types are not declared by it. */
  async #import(cell: Cell, written: CompiledCell, options: CompileOptions, script: Script): Promise<CompiledCell> {
    const { loop, modules, scripts } = this.#parts;
    const { namespaces, types } = await loop.checkpoint(modules.load(written.imports, script));
    cell.imported = namespaces;
    if (types.size === 0) return written;
    const compiled = await compile(written.source, { ...options, types });
    scripts.add(cell.url, { ...script, positions: compiled.positions, origin: compiled });
    return compiled;
  }

  /** Shows the cell's value. Returns a promise where the value has to be asked how. */
  #showResult(cell: Cell): Promise<void> | undefined {
    const value = cell.result?.value;
    if (value === undefined || cell.silent) return undefined;
    // It is shown already; what it fails with is the cell's error.
    if (isDisplayed(value)) return value;
    const show = (bundle: object): void =>
      this.#parts.output.show("execute_result", bundle, {
        parent: cell.parent,
        fields: { execution_count: cell.executionCount },
      });
    const bundle = simpleBundle(value);
    if (!bundle) return mimeBundle(value).then(show);
    show(bundle);
    return undefined;
  }

  async #userExpressions(cell: Cell, expressions: { [name: string]: string }): Promise<{ [name: string]: unknown }> {
    const results: { [name: string]: unknown } = {};
    for (const [name, code] of Object.entries(expressions)) results[name] = await this.#userExpression(cell, code);
    return results;
  }

  async #userExpression(of: Cell, code: string): Promise<unknown> {
    const cell = new Cell({ ...of, url: `loopbook:cell/${++this.#scriptCount}` });
    const script = { name: "user expression", source: code, positions: () => undefined };
    try {
      let data: object = {};
      await this.#evaluate(cell, code, script, async () => {
        data = savable(await mimeBundle(cell.result?.value));
      });
      return { status: "ok", data, metadata: {} };
    } catch (error) {
      return { status: "error", ...errorContent(error, this.#parts.scripts, script) } satisfies ErrorContent & {
        status: string;
      };
    }
  }

  #interrupted(working: ParentId | undefined): void {
    const { interrupts, stopper } = this.#parts;
    const isOurs = interrupts.take();
    if (stopper.takeStopped()) this.#afterStop(working);
    else if (isOurs) this.interrupt();
  }

  /**
   * V8 threw away whatever was running, and its queue of microtasks. The cell goes on being cancelled if it was waiting
   * for something else; if it was what ran, nothing will settle it any more.
   */
  #afterStop(working: ParentId | undefined): void {
    const { loop, output, scripts } = this.#parts;
    loop.recover();
    // An evaluation that was stopped may just be about to say so itself.
    setImmediate(() => {
      const unanswered = this.#unanswered;
      if (unanswered && !this.#execution?.afterStop()) {
        unanswered.cell.interrupted = true;
        const { executionCount: execution_count } = unanswered.cell;
        this.#answer(unanswered, { status: "error", execution_count, ...errorContent(keyboardInterrupt(), scripts) });
      }
      if (working !== undefined && working !== this.#unanswered?.cell.parent)
        output.post({ type: "lost", parent: working });
    });
  }

  /** The parent of the cell whose code an error passed through. */
  #parentInStack(error: unknown): ParentId | undefined {
    const stack = isError(error) ? stackLines(error).join("\n") : "";
    const [, count] = /\(?Cell \[(\d+)\]:/.exec(stack) ?? [];
    return this.#parentOf.get(Number(count));
  }
}
