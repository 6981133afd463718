import { storage } from "../core/running.ts";
import { HotScope, unclaimedScopeOf } from "../tasks/async-scope.ts";
import { awaitedValue, awaiting, goesOn, pending, settled } from "./await.ts";
import { returning } from "./return.ts";
import { Run } from "./run.ts";
import { latestPromise, thisCall } from "./watch.ts";

/**
 * Has all compiled that an await needs: V8 does that at a function's first call, and refuses where less than 40 KB of the stack are
 * left. Calls nested as deep as the stack allows would find that out only when they have to go back.
 */
export function warmUp(): void {
  const caller = new HotScope(null);
  storage.run(caller, () => {
    const inner = Promise.resolve();
    const call = new Run(true, inner);
    for (const value of [1, Promise.resolve()]) settled(awaiting(value, call), call);
    void pending(call);
    goesOn(call);
    const promise = Promise.resolve();
    const outer = new Run(true, promise);
    const outcome = settled(awaiting(inner, outer), outer);
    if (outcome !== null) awaitedValue(outcome);
    settled(undefined, outer);
    returning(outer, Promise.resolve());
    returning(latestPromise(), 1);
    thisCall();
    // It belongs to somebody, or each await would look for whose.
    unclaimedScopeOf(promise)?.adopt(caller);
    // Node's own part in a rejection.
    Promise.reject(new Error("nothing")).catch(() => {});
  });
}
