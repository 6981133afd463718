// The sources behind the scripts that V8 runs for the user, and the way from a place in one to a place in the other.

import type { Position, PositionStep } from "../compile/positions.ts";

export interface Script {
  /** What a trace calls it: `Cell [3]`, or the path of a file. */
  name: string;
  source: string;
  positions: PositionStep;
}

export interface Location {
  script: Script;
  position: Position;
}

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

  /** What the user wrote at a place that V8 reports; undefined for code of others, or that nobody wrote. */
  locate(url: string, generated: Position): Location | undefined {
    const script = this.#scripts.get(url);
    const position = script?.positions(generated);
    return script && position ? { script, position } : undefined;
  }
}
