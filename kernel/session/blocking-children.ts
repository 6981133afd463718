// `execSync`, `spawnSync` and `execFileSync` block this thread until a child has ended. The IO thread is told so, because it can
// interrupt the child; and an interrupt that came meanwhile is one of the call.

import { Signal } from "../channel/signals.ts";
import { type Interrupts, keyboardInterrupt } from "./interrupt.ts";

/** What the three functions call, whoever imports them however: they themselves stay Node's own. */
const BINDING = "spawn_sync";

export function watchBlockingChildren(signals: Int32Array, interrupts: Interrupts): void {
  const binding = bindingOf(BINDING);
  const spawn: unknown = binding && Reflect.get(binding, "spawn");
  if (!binding || typeof spawn !== "function") return;
  Reflect.set(binding, "spawn", (options: unknown): unknown => {
    const ended = waitFor(() => Reflect.apply(spawn, binding, [options]));
    if (interrupts.take()) throw keyboardInterrupt();
    return ended;
  });

  function waitFor(call: () => unknown): unknown {
    Atomics.add(signals, Signal.blockingChild, 1);
    try {
      return call();
    } finally {
      Atomics.add(signals, Signal.blockingChild, 1);
    }
  }
}

/** A part of Node's inside, as far as `process.binding` gives it to programs; undefined if it does not any more. */
function bindingOf(name: string): object | undefined {
  const find: unknown = Reflect.get(process, "binding");
  try {
    const found: unknown = typeof find === "function" ? Reflect.apply(find, process, [name]) : undefined;
    return typeof found === "object" && found !== null ? found : undefined;
  } catch {
    return undefined;
  }
}
