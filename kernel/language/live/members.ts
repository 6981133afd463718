// Names in the running kernel, asked of V8's inspector: nothing that it evaluates may have a side effect.

import type { Runtime } from "node:inspector";
import { isHidden, type RuntimeInspector } from "./runtime-inspector.ts";

export interface Member {
  name: string;
  /** How V8 calls it: function, class, string, object, …; empty for a getter, which is not run. */
  type: string;
  /** 0: the object's own; 1: of its prototype; 2: of the prototype's prototype; … */
  depth: number;
}

/** Objects that an answer made V8 hold on to; released after it. */
const OBJECT_GROUP = "loopbook-language";

/** How long an expression may take, in milliseconds. */
const EVALUATION_LIMIT = 200;
/** How long the main thread may take to answer, in milliseconds: it may be blocked where V8 cannot interrupt it. */
const PATIENCE = 1_000;
const DEEPEST = 20;

/** The value of an expression; undefined if it has none, cannot be had without side effects, or nobody answers. */
export async function evaluateQuietly(
  inspector: RuntimeInspector,
  expression: string,
): Promise<Runtime.RemoteObject | undefined> {
  const evaluated = await withPatience(
    inspector.evaluate({
      expression: `(${expression}\n)`,
      objectGroup: OBJECT_GROUP,
      throwOnSideEffect: true,
      silent: true,
      timeout: EVALUATION_LIMIT,
      includeCommandLineAPI: false,
    }),
  );
  return evaluated === undefined || evaluated.exceptionDetails ? undefined : evaluated.result;
}

/** The members of a value, own ones first, then those of its prototypes. Primitives have those of their wrappers. */
export async function membersOf(inspector: RuntimeInspector, value: Runtime.RemoteObject): Promise<Member[]> {
  const members = new Map<string, Member>();
  let next = value.objectId === undefined ? await wrapperOf(inspector, value) : value;
  for (let depth = 0; depth < DEEPEST && next?.objectId !== undefined; depth++) {
    const { objectId } = next;
    const found = await withPatience(
      inspector.getProperties({ objectId, ownProperties: true, accessorPropertiesOnly: false }),
    );
    for (const { name, symbol, value: property } of found?.result ?? []) {
      if (symbol || members.has(name) || isHidden(name) || name === "__proto__") continue;
      const type =
        property?.className === "Function" || property?.type === "function" ? functionKind(property) : property?.type;
      members.set(name, { name, type: type ?? "", depth });
    }
    next = found?.internalProperties?.find(({ name }) => name === "[[Prototype]]")?.value;
  }
  return [...members.values()];
}

/** Names in scope: what cells declared, then the globals. */
export async function namesInScope(inspector: RuntimeInspector): Promise<Member[]> {
  const declared = (await withPatience(inspector.globalLexicalScopeNames())) ?? [];
  const names = declared.filter((name) => !isHidden(name)).map((name): Member => ({ name, type: "", depth: 0 }));
  const globals = await evaluateQuietly(inspector, "globalThis");
  const members = globals ? await membersOf(inspector, globals) : [];
  const known = new Set(declared);
  return [...names, ...members.filter(({ name }) => !known.has(name)).map((m) => ({ ...m, depth: m.depth + 1 }))];
}

/** Runs `work`, then lets V8 forget what it looked at. */
export async function releasing<T>(inspector: RuntimeInspector, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    inspector.releaseObjects(OBJECT_GROUP).catch(() => {});
  }
}

async function wrapperOf(
  inspector: RuntimeInspector,
  value: Runtime.RemoteObject,
): Promise<Runtime.RemoteObject | undefined> {
  const wrappers: { [type: string]: string } = {
    string: "String.prototype",
    number: "Number.prototype",
    boolean: "Boolean.prototype",
    bigint: "BigInt.prototype",
    symbol: "Symbol.prototype",
  };
  const wrapper = wrappers[value.type];
  return wrapper === undefined ? undefined : evaluateQuietly(inspector, wrapper);
}

const functionKind = (value: Runtime.RemoteObject): string =>
  value.description?.startsWith("class") ? "class" : "function";

async function withPatience<T>(answer: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, PATIENCE, undefined);
  });
  try {
    return await Promise.race([answer.catch(() => undefined), patience]);
  } finally {
    clearTimeout(timer);
  }
}
