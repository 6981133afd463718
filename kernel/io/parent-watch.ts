// A kernel whose Jupyter server died without saying so ends, instead of keeping memory and ports for nobody.

/** How often to look, in milliseconds. */
const INTERVAL = 1_000;

/**
 * Calls `gone` once the process that started the kernel is no more. Watches only where Jupyter names that process in
 * JPY_PARENT_PID: a kernel that was started by hand may outlive its shell.
 */
export function watchParent(gone: () => void, environment = process.env): void {
  const parent = Number(environment.JPY_PARENT_PID);
  if (!Number.isInteger(parent) || parent <= 1) return;
  const timer = setInterval(() => {
    if (isAlive(parent)) return;
    clearInterval(timer);
    gone();
  }, INTERVAL);
  timer.unref();
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is a process too.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
