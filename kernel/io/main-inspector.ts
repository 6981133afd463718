// A line to the main thread that works while it spins: V8's inspector, connected from this worker.

import type { Runtime } from "node:inspector";
import type { Session } from "node:inspector/promises";
import type { EvaluateParameters, RuntimeInspector } from "../language/live/runtime-inspector.ts";

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

  /** Stops the JavaScript that is running. Resolves when it has stopped. */
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
