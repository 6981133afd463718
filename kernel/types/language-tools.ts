// The notebook's language as the IO thread uses it: loaded when there is time or need, and never in the way of a cell.

import { dirname } from "node:path";
import type { CompleteReply } from "../language/complete.ts";
import type { InspectReply } from "../language/inspect.ts";
import type { Language } from "../language/language.ts";
import type { RuntimeInspector } from "../language/live/runtime-inspector.ts";
import { rejectAfter } from "../language/server/reject-after.ts";
import type { Log } from "../log.ts";
import type { NotebookPlace } from "../modules/notebook-place.ts";
import { modeInCell, type TypesMode } from "./types-mode.ts";

/**
 * When the result of a check is to be expected: within moments; a little later, because the cell is long; when many cells
 * before it have been checked; or at no time that could be told.
 */
type Expectation = "soon" | "long" | "behind" | "late";

/** A check that is under way. */
export interface PendingCheck {
  /** The cell must not run before it, and not at all if there are errors. */
  refuses: boolean;
  expected: Expectation;
  /** Each begins with `line n: `. Rejects if nobody can tell. */
  errors: Promise<string[]>;
}

export interface LanguageToolsOptions {
  place: NotebookPlace;
  inspector: RuntimeInspector;
  log: Log;
  mode: TypesMode;
}

/** Without a name in it, a cell can have no type error and declare nothing. */
const HAS_NAME = /[\p{ID_Start}$_]/u;
/** The start takes processor time from cells: it waits for a pause between them, but not for ever. In milliseconds. */
const PAUSE = 100;
const LONGEST_WAIT = 1_000;
/** Long cells take longer to check: what is usual is told apart by length, in characters. */
const LONG = 400;
/** Checks that take longer of late, in milliseconds, are not waited for. */
const SOON = 100;
/** With more checks under way, the next one is not done soon. */
const FEW = 4;
/** How long the kernel may wait for the types of a cell that must not run with errors, in milliseconds. */
const REFUSAL_PATIENCE = 5_000;

export class LanguageTools {
  /** Called when TypeScript's server cannot be used for the time being. */
  onTrouble: (reason: string) => void = () => {};
  readonly #options: LanguageToolsOptions;
  /** What becomes of type errors where the cell does not say. */
  mode: TypesMode;
  #loading: Promise<Language> | undefined;
  #loaded: Language | undefined;
  /** How long checks take of late, in milliseconds. */
  readonly #usual = { short: 0, long: 0 };
  #pending = 0;
  #checking: Promise<Language> | undefined;
  /** Folders that cells import from. */
  readonly #folders = new Set<string>();
  #extendPause: (() => void) | undefined;
  #endPause: (() => void) | undefined;

  constructor(options: LanguageToolsOptions) {
    this.#options = options;
    this.mode = options.mode;
  }

  /** Loads what answers; the type checker itself starts when it is first needed. */
  load(): Promise<Language> {
    const { place, inspector } = this.#options;
    this.#loading ??= import("../language/language.ts").then(({ Language }) => {
      this.#loaded = new Language({
        place,
        inspector,
        onTrouble: (reason) => this.onTrouble(reason),
        executable: process.env.LOOPBOOK_TYPESCRIPT_SERVER,
      });
      for (const folder of this.#folders) this.#loaded.watch(folder);
      return this.#loaded;
    });
    return this.#loading;
  }

  /** Starts the type checker in the next pause between cells, if cells are to be checked. */
  async warmUp(): Promise<void> {
    if (this.mode === "off") return;
    (await this.#forCheck(false)).warmUp();
  }

  async complete(code: string, cursorPos: number): Promise<CompleteReply> {
    this.#endPause?.();
    return (await this.load()).complete(code, cursorPos);
  }

  async inspect(code: string, cursorPos: number, detailLevel: number): Promise<InspectReply> {
    this.#endPause?.();
    return (await this.load()).inspect(code, cursorPos, detailLevel);
  }

  /** Checks a cell that is about to run. Undefined where there is nothing to check. */
  check(code: string, silent: boolean): PendingCheck | undefined {
    if (!HAS_NAME.test(code)) return undefined;
    const mode = silent ? "off" : (modeInCell(code) ?? this.mode);
    const refuses = mode === "strict";
    const long = code.length >= LONG;
    const length = long ? "long" : "short";
    const ready = this.#loaded?.ready === true;
    // With others under way, the time that it takes is not its own.
    const alone = ready && this.#pending === 0;
    const usual = this.#usual[length];
    const known = ready && usual < SOON;
    const expected = !known || (long && !alone) ? "late" : long ? "long" : this.#pending < FEW ? "soon" : "behind";
    const began = performance.now();
    this.#pending++;
    const errors = this.#forCheck(refuses).then((language) => {
      const errors = language.check(code, { refuseErrors: refuses, silent: mode === "off" });
      return refuses ? Promise.race([errors, rejectAfter(REFUSAL_PATIENCE)]) : errors;
    });
    errors
      .then(() => {
        if (alone) this.#usual[length] = usual + (Math.min(performance.now() - began, 2 * SOON) - usual) / 4;
      })
      .catch((error: unknown) => this.#options.log.debug("a cell could not be checked", error))
      .finally(() => this.#pending--);
    return mode === "off" ? undefined : { refuses, expected, errors };
  }

  /** Files have been written that the type checker may have read, or found missing. */
  filesChanged(paths: readonly string[]): void {
    this.#loaded?.filesChanged(paths);
  }

  /** A cell uses a file: what becomes of it is of interest from now on. */
  fileImported(path: string): void {
    const folder = dirname(path);
    if (this.#folders.has(folder)) return;
    this.#folders.add(folder);
    this.#loaded?.watch(folder);
  }

  close(): void {
    this.#loaded?.close();
  }

  /** The language, for a check that may wait until no cell has come for a moment, or that the next cell waits for. */
  #forCheck(hurry: boolean): Promise<Language> {
    this.#checking ??= this.#pause().then(() => this.load());
    if (hurry || this.#loaded?.ready) this.#endPause?.();
    else this.#extendPause?.();
    return this.#checking;
  }

  /** Every check waits for the same pause, so that they stay in order. */
  #pause(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const longest = setTimeout(resolve, LONGEST_WAIT).unref();
    let pause: NodeJS.Timeout | undefined;
    this.#extendPause = () => {
      clearTimeout(pause);
      pause = setTimeout(resolve, PAUSE).unref();
    };
    this.#endPause = resolve;
    return promise.finally(() => {
      clearTimeout(longest);
      clearTimeout(pause);
      this.#extendPause = undefined;
    });
  }
}
