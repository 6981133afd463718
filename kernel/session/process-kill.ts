// `process.kill` of the kernel's own process. Node expects to end when it sends itself a signal that nobody listens for, and
// closes what this session lives on, V8's inspector, before the signal is sent.

import { constants } from "node:os";

/** Signals that do not end a Node process. Those that stop one do nothing here: a kernel has no terminal to be continued from. */
const HARMLESS = new Set([
  "SIGCHLD",
  "SIGCONT",
  "SIGINFO",
  "SIGPIPE",
  "SIGTSTP",
  "SIGTTIN",
  "SIGTTOU",
  "SIGURG",
  "SIGUSR1",
  "SIGWINCH",
]);

/** Makes `process.kill` listen for a harmless signal that it sends to this process. */
export function installProcessKill(): void {
  const kill = process.kill.bind(process);
  process.kill = (pid, signal) => {
    const name = typeof signal === "number" ? nameOf(signal) : signal;
    const isOurs = [process.pid, -process.pid, 0, -1].includes(Number(pid));
    if (isOurs && name !== undefined && HARMLESS.has(name) && process.listenerCount(name) === 0)
      process.once(name, () => {});
    return kill(pid, signal);
  };
}

function nameOf(number: number): NodeJS.Signals | undefined {
  const [found] = Object.entries(constants.signals).filter(([, value]) => value === number);
  return found?.[0] as NodeJS.Signals | undefined;
}
