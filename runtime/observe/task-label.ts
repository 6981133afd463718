const SAYS_NOTHING = ["<anonymous>", "promise", "Future"];

/** What charts and trees call a task: its name, and what it runs if the name is only a number. */
export function taskLabel({ name, coroutine }: { name: string; coroutine: string }): string {
  return /^Task-\d+$/.test(name) && !SAYS_NOTHING.includes(coroutine) ? `${name} ${coroutine}()` : name;
}
