// What the first cell does not need is loaded when the kernel has been up for a while, so that later questions find it there.

import type { Log } from "../log.ts";
import type { LanguageTools } from "../types/language-tools.ts";
import type { MainInspector } from "./main-inspector.ts";

/** The inspector and the parser load after so long, in milliseconds: when the first cell has most likely been run. */
const WARM_UP_DELAY = 700;
/** The type checker starts in a pause after so long, in milliseconds, if nothing has asked for it before. */
const CHECKER_DELAY = 1_500;

export function warmUp(inspector: MainInspector, language: LanguageTools, log: Log): void {
  const load = (what: string, loading: Promise<unknown>): void =>
    void loading.catch((error: unknown) => log.warn(`${what} does not load`, error));
  setTimeout(() => {
    load("the inspector", inspector.connect());
    load("the parser", import("../language/text/is-complete.ts"));
    load("the language", language.load());
  }, WARM_UP_DELAY).unref();
  setTimeout(() => load("the type checker", language.warmUp()), CHECKER_DELAY).unref();
}
