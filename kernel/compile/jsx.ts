// JSX: which calls it becomes. A comment in the code says it first, then the notebook's tsconfig.json, and where nothing
// does it is React's, with the functions that its package has for that.

export interface JsxOptions {
  /** `automatic`: calls of functions that are imported for it. `classic`: calls of `factory`, which the code imports. */
  runtime: "automatic" | "classic";
  /** The package that `automatic` imports from. */
  importSource: string;
  /** What `classic` calls, and what it calls it with for `<>…</>`. */
  factory: string;
  fragment: string;
}

export const DEFAULT_JSX: JsxOptions = {
  runtime: "automatic",
  importSource: "react",
  factory: "React.createElement",
  fragment: "React.Fragment",
};

/** Whether code that does not parse without JSX could be meant to have some: all JSX has a tag that closes. */
export const mayHaveJsx = (source: string): boolean => /<\s*\/|\/\s*>/.test(source);

/** `options`, unless the code says otherwise: who names a factory, as in `@jsx h`, means the classic way. */
export function jsxOf(source: string, options: JsxOptions): JsxOptions {
  const comments = [...source.matchAll(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g)].map(([comment]) => comment).join("\n");
  const said = (pragma: string): string | undefined =>
    new RegExp(`@${pragma}\\s+(\\S+?)(?:\\s|\\*/|$)`, "m").exec(comments)?.[1];
  const [runtime, importSource, factory, fragment] = [
    said("jsxRuntime"),
    said("jsxImportSource"),
    said("jsx"),
    said("jsxFrag"),
  ];
  const isClassic = runtime === "classic" || (runtime === undefined && !importSource && factory !== undefined);
  const isAutomatic = runtime === "automatic" || importSource !== undefined;
  return {
    runtime: isClassic ? "classic" : isAutomatic ? "automatic" : options.runtime,
    importSource: importSource ?? options.importSource,
    factory: factory ?? options.factory,
    fragment: fragment ?? options.fragment,
  };
}
