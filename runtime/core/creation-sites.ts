const sites = new WeakMap<object, string>();

/** Where a task was made, as the lines of a stack; known in debug mode. */
export function creationSite(task: object): string | undefined {
  return sites.get(task);
}

export function noteCreation(task: object, site: string): void {
  sites.set(task, site);
}
