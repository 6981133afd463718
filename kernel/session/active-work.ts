// What keeps Node's event loop going, and which cell started it where that can be told.

import { Session } from "node:inspector";
import { types } from "node:util";
import { activeObjects } from "./active-objects.ts";
import { Cell } from "./cell.ts";

/** Something that Node's event loop waits for. */
export interface Active {
  /** As Node calls it: `Timeout`, `TCPServerWrap`. */
  kind: string;
  /** The number of the cell that started it. */
  cell: number | undefined;
}

const { setTimeout, clearTimeout } = globalThis;

/** The kinds of all that is active, each as often as there is one. */
export const activeKinds = (): string[] => process.getActiveResourcesInfo();

export class ActiveWork {
  /** Handles, with the number of the cell after which they were first seen. */
  readonly #cells = new WeakMap<object, number>();

  /** What is open now and was not before is the work of this cell. */
  note(cell: number): void {
    for (const handle of activeObjects()) if (!this.#cells.has(handle)) this.#cells.set(handle, cell);
  }

  /** All that is active but `except`. Takes as long as a collection of garbage where there are timers. */
  list(except: NodeJS.Timeout | undefined): Active[] {
    const all = activeKinds();
    const kinds = all.filter((kind) => kind !== "Timeout");
    const objects = activeObjects();
    return [
      ...(all.length > kinds.length ? timers() : [])
        .filter((timer) => timer.hasRef() && timer !== except)
        .map((timer) => ({ kind: "Timeout", cell: cellOf(timer) })),
      // Node lists both in the same order, and immediates last.
      ...kinds.map((kind, index) => ({ kind, cell: this.#cells.get(objects[index] ?? {}) })),
    ];
  }
}

/** A name on the global object, for as long as V8 is asked. */
const ASKED = "__loopbook_timers";

/** All timers there are. Node has no list of them; V8 has one of all objects. */
function timers(): NodeJS.Timeout[] {
  let found: NodeJS.Timeout[] = [];
  const sample = setTimeout(() => {}, 0);
  clearTimeout(sample);
  const asked = {
    prototype: Object.getPrototypeOf(sample),
    take: (all: NodeJS.Timeout[]) => {
      found = [...all];
    },
  };
  const inspector = new Session();
  inspector.connect();
  try {
    Object.defineProperty(globalThis, ASKED, { value: asked, configurable: true });
    inspector.post("Runtime.evaluate", { expression: `${ASKED}.prototype` }, (_, prototype) => {
      const prototypeObjectId = prototype?.result.objectId;
      if (prototypeObjectId === undefined) return;
      inspector.post("Runtime.queryObjects", { prototypeObjectId }, (_, all) => {
        const objectId = all?.objects.objectId;
        if (objectId === undefined) return;
        const functionDeclaration = `function () { ${ASKED}.take(this); }`;
        inspector.post("Runtime.callFunctionOn", { objectId, functionDeclaration, silent: true });
      });
    });
  } finally {
    Reflect.deleteProperty(globalThis, ASKED);
    inspector.disconnect();
  }
  return found.filter((timer) => timer !== sample && !("_destroyed" in timer && timer._destroyed));
}

/** A timer keeps the async context that it was made in: a map from storages to values. */
function cellOf(timer: NodeJS.Timeout): number | undefined {
  for (const key of Object.getOwnPropertySymbols(timer)) {
    const value: unknown = Reflect.get(timer, key);
    const values: unknown[] = types.isMap(value) ? [...Map.prototype.values.call(value)] : [value];
    const cell = values.find((each) => each instanceof Cell);
    if (cell) return cell.executionCount;
  }
  return undefined;
}
