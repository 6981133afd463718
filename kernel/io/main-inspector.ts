// A line to the main thread that works while it spins: V8's inspector, connected from this worker.

import type { Runtime } from "node:inspector";
import type { Session } from "node:inspector/promises";
import * as z from "zod/mini";
import { STOP, STOP_ANSWERS, type StopAnswer } from "../channel/stop.ts";
import type { EvaluateParameters, RuntimeInspector } from "../language/live/runtime-inspector.ts";

const stopAnswer = z.enum(STOP_ANSWERS);

/** The inspector of the main thread. Connected at first use, or by `connect` when there is time, and kept. */
export class MainInspector implements RuntimeInspector {
  #session: Promise<Session> | undefined;

  connect(): Promise<Session> {
    this.#session ??= import("node:inspector/promises").then((inspector) => {
      const session = new inspector.Session();
      session.connectToMainThread();
      return session;
    });
    return this.#session;
  }

  /**
   * Asks the session to stop the user's code. Resolves when V8 has come to ask it, which it does not do in native code;
   * with `no room` where so many calls are under way that not one more is possible.
   */
  async stop(attempt: number): Promise<StopAnswer | "no room"> {
    // Before the session has started, nobody's code runs.
    const expression = `globalThis.${STOP}?.(${attempt}) ?? "later"`;
    const question = { expression, returnByValue: true, silent: true };
    try {
      const { result, exceptionDetails } = await this.evaluate(question);
      const thrown = exceptionDetails?.exception?.description;
      if (thrown?.startsWith("RangeError")) return "no room";
      if (thrown !== undefined) throw new Error(thrown);
      const answer = stopAnswer.safeParse(result.value);
      // No answer: the question itself was what V8 ended first.
      return answer.success ? answer.data : "stopped";
    } catch (error) {
      if (String(error).includes("Execution was terminated")) return "stopped";
      throw error;
    }
  }

  /** Stops the JavaScript that is running, whatever it is. Resolves when it has stopped. */
  async terminateExecution(): Promise<void> {
    await (await this.connect()).post("Runtime.terminateExecution");
  }

  async evaluate(params: EvaluateParameters): Promise<Runtime.EvaluateReturnType> {
    return (await this.connect()).post("Runtime.evaluate", params);
  }

  async getProperties(params: Runtime.GetPropertiesParameterType): Promise<Runtime.GetPropertiesReturnType> {
    return (await this.connect()).post("Runtime.getProperties", params);
  }

  async globalLexicalScopeNames(): Promise<string[]> {
    return (await (await this.connect()).post("Runtime.globalLexicalScopeNames", {})).names;
  }

  async releaseObjects(objectGroup: string): Promise<void> {
    await (await this.connect()).post("Runtime.releaseObjectGroup", { objectGroup });
  }

  /** Lets go of the main thread. What was asked and not answered stays so. */
  async close(): Promise<void> {
    await this.#session?.then(
      (session) => session.disconnect(),
      () => undefined,
    );
    this.#session = undefined;
  }
}
