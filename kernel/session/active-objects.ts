/** What Node's event loop waits for, as JavaScript objects: requests, then handles. Not documented, but there since Node 0.9. */
export function activeObjects(): object[] {
  return ["_getActiveRequests", "_getActiveHandles"].flatMap((name) => {
    const list: unknown = Reflect.get(process, name);
    const found: unknown = typeof list === "function" ? list.call(process) : [];
    return Array.isArray(found) ? found.filter((each) => typeof each === "object" && each !== null) : [];
  });
}

interface Handle {
  ref?(): void;
  unref?(): void;
}

/** Whether what is active now, and `others`, keeps Node's event loop going, is from now on as the function is told. */
export function grip(...others: Handle[]): (on: boolean) => void {
  const handles: Handle[] = [...others, ...activeObjects()];
  return (on) => {
    for (const handle of handles)
      if (on) handle.ref?.();
      else handle.unref?.();
  };
}
