// The sources behind the scripts that V8 runs for the user, and the way from a place in one to a place in the other.

import { functionText, type ScriptOrigin } from "../compile/function-text.ts";
import type { Position, PositionStep } from "../compile/positions.ts";

export interface Script {
  /** What a trace calls it: `Cell [3]`, or the path of a file. */
  name: string;
  source: string;
  positions: PositionStep;
  /** Of a cell: what became of it. */
  origin?: ScriptOrigin;
}

export interface Location {
  script: Script;
  position: Position;
}

/** Most of what the compiler puts before an expression, in UTF-16 units. */
const LONGEST_PREFIX = 80;

export class Scripts {
  readonly #scripts = new Map<string, Script>();
  readonly #named = new Map<string, Script>();

  add(url: string, script: Script): void {
    this.#scripts.set(url, script);
    this.#named.set(script.name, script);
  }

  /** The script that traces call so. */
  named(name: string): Script | undefined {
    return this.#named.get(name);
  }

  get(url: string): Script | undefined {
    return this.#scripts.get(url);
  }

  /**
   * What the user wrote at a place that V8 reports, or behind what the compiler has put there; undefined for code of others,
   * or that nobody wrote.
   */
  locate(url: string, { line, column }: Position): Location | undefined {
    const script = this.#scripts.get(url);
    if (!script) return undefined;
    for (let behind = 0; behind < LONGEST_PREFIX; behind++) {
      const position = script.positions({ line, column: column + behind });
      if (position) return { script, position };
    }
    return undefined;
  }

  /** The text of a function of a cell as written: see `functionText`. */
  functionText(text: string, name: string): string | undefined {
    for (const { origin } of [...this.#scripts.values()].reverse()) {
      const found = origin && functionText(origin, text, name);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}
