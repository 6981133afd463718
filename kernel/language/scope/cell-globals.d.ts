// What cells have without importing it, beside what Node has. Read by the type checker, beside every cell.

declare module "loopbook" {
  export * from "#runtime";
}

declare module "loopbook/testing" {
  export * from "#runtime/testing";
}

declare module "loopbook/display" {
  export * from "#display";
}

declare module "tslab" {
  export * from "#tslab";
}

declare const display: typeof import("#display").display;
declare const updateDisplay: typeof import("#display").updateDisplay;
declare const clearOutput: typeof import("#display").clearOutput;
declare const html: typeof import("#display").html;
declare const markdown: typeof import("#display").markdown;
declare const svg: typeof import("#display").svg;
declare const latex: typeof import("#display").latex;
declare const mermaid: typeof import("#display").mermaid;
declare const json: typeof import("#display").json;
declare const table: typeof import("#display").table;
declare const progress: typeof import("#display").progress;
declare const image: typeof import("#display").image;
declare const vegaLite: typeof import("#display").vegaLite;

/** Asks the user, and blocks until there is an answer: `initial` if it is empty. */
declare function prompt(message?: unknown, initial?: string): string | null;
/** Asks the user a question of yes or no, and blocks until there is an answer. */
declare function confirm(message?: unknown): boolean;
/** Tells the user something, and blocks until it is acknowledged. */
declare function alert(message?: unknown): void;
/** Asks the user. The event loop goes on until there is an answer. */
declare function input(message?: unknown): Promise<string>;
/** As `input`, without showing what is typed. */
declare function password(message?: unknown): Promise<string>;

/** What a server sends is for the user to know, not for a lecture: as in browsers, `await response.json()` is `any`. */
interface Response {
  // biome-ignore lint/suspicious/noExplicitAny: that is the point of it
  json(): Promise<any>;
}
