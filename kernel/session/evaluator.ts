// V8's REPL mode, through the inspector on this thread: top-level await, declarations that later cells can replace,
// closures that see later values.

import { type Runtime, Session } from "node:inspector";
import type { Position } from "../compile/positions.ts";
import { isError } from "../display/inspected.ts";

/** The script was stopped, by `terminate`. */
export class ExecutionTerminated extends Error {
  override readonly name = "ExecutionTerminated";
}

/** V8 does not take the script: a regular expression that is none, for example. */
export class UncompilableScript extends SyntaxError {
  override readonly name = "SyntaxError";
  /** In the script. */
  readonly position: Position;

  constructor(message: string, position: Position) {
    super(message);
    this.position = position;
  }
}

const OBJECT_GROUP = "loopbook";
/** Hands a value over that only a script can reach. */
const HAND_OVER = "__loopbook_handOver";

export class Evaluator {
  readonly #inspector = new Session();
  #handed: unknown;

  constructor() {
    this.#inspector.connect();
    Object.defineProperty(globalThis, HAND_OVER, {
      value: (value: unknown) => {
        this.#handed = value;
      },
    });
  }

  /**
   * Runs a script, and settles when it has ended, awaits included. Rejects with what it throws, or with
   * `ExecutionTerminated`. A script that awaits when it is terminated never settles: V8 drops its continuation.
   */
  run(script: string, url: string): Promise<void> {
    const parameters: Runtime.EvaluateParameterType & { replMode: boolean } = {
      // The value travels through the script's own calls; V8's copy of it would only be kept alive.
      expression: `${script}\n;undefined\n//# sourceURL=${url}`,
      replMode: true,
      awaitPromise: true,
      silent: true,
      objectGroup: OBJECT_GROUP,
    };
    return new Promise((resolve, reject) => {
      this.#inspector.post("Runtime.evaluate", parameters, (error, result) => {
        if (error) reject(new ExecutionTerminated(error.message));
        else if (!result.exceptionDetails) resolve();
        else reject(this.#thrown(result.exceptionDetails, url));
      });
    });
  }

  /** The value of a variable of the top level: undefined where it has none yet. */
  read(name: string): unknown {
    // A variable whose declaration was never reached throws.
    this.#inspector.post("Runtime.evaluate", { expression: `${HAND_OVER}(${name})`, silent: true });
    const value = this.#handed;
    this.#handed = undefined;
    return value;
  }

  /**
   * Lets a global show again behind a variable of its name whose declaration was never reached: the script that has it failed.
   * Returns whether there was such a variable.
   */
  uncover(name: string): boolean {
    let isDead = false;
    this.#inspector.post("Runtime.evaluate", { expression: `typeof ${name}`, silent: true }, (error, result) => {
      isDead = error === null && result.exceptionDetails !== undefined;
    });
    if (isDead) void this.run(`let ${name} = globalThis.${name}`, "loopbook:global");
    return isDead;
  }

  /** Ends whatever runs in this thread at its next step; what is called while something runs, so that there is a next step. */
  terminate(): void {
    this.#inspector.post("Runtime.terminateExecution");
  }

  /** What the script has thrown, or `UncompilableScript`, with what V8 finds wrong in it. */
  #thrown(
    { exception, stackTrace, url: place, lineNumber, columnNumber }: Runtime.ExceptionDetails,
    url: string,
  ): unknown {
    const error = this.#valueOf(exception);
    // No frame: nothing of it has run.
    if (!isError(error) || !(error instanceof SyntaxError) || stackTrace || (place ?? url) !== url) return error;
    return new UncompilableScript(error.message, { line: lineNumber + 1, column: columnNumber + 1 });
  }

  /** The value behind what the inspector says was thrown. */
  #valueOf(thrown: Runtime.RemoteObject | undefined): unknown {
    if (!thrown) return undefined;
    if (thrown.objectId === undefined)
      return thrown.unserializableValue === undefined ? thrown.value : unserializable(thrown.unserializableValue);
    this.#inspector.post("Runtime.callFunctionOn", {
      objectId: thrown.objectId,
      functionDeclaration: `function () { "use strict"; ${HAND_OVER}(this); }`,
      silent: true,
    });
    const value = this.#handed;
    this.#handed = undefined;
    this.#inspector.post("Runtime.releaseObjectGroup", { objectGroup: OBJECT_GROUP });
    return value;
  }
}

/** Numbers that JSON does not have, and bigints. */
function unserializable(text: string): number | bigint {
  return text.endsWith("n") ? BigInt(text.slice(0, -1)) : Number(text);
}
