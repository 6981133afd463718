// A forgiving scanner for code that is still being written, where a parser finds no tree: tokens, open brackets, and
// whether the end lies in a string or comment.

export interface Token {
  kind: "name" | "number" | "string" | "template" | "regexp" | "punctuation";
  text: string;
  start: number;
  end: number;
}

export interface Scan {
  tokens: Token[];
  /** Brackets that are open at the end, outermost first; "`" and "${" of templates among them. */
  open: string[];
  /** What the end of the code lies in. */
  within: "code" | "string" | "template" | "comment" | "regexp";
}

const NAME = /[\p{ID_Start}$_#][\p{ID_Continue}$\u200c\u200d]*/uy;
const NUMBER = /\.?\d(?:[eE][+-]|[\w.])*/y;
const SPACE = /\s+/y;
const LINE_COMMENT = /\/\/[^\n]*/y;
const BLOCK_COMMENT = /\/\*[\s\S]*?(?:\*\/|$)/y;
const STRING = /"(?:\\[\s\S]|[^"\\\n])*"?|'(?:\\[\s\S]|[^'\\\n])*'?/y;
const REGEXP = /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]?|[^/\\[\n])+(?:\/[a-z]*)?/y;
const TEMPLATE_PART = /(?:\\[\s\S]|\$(?!\{)|[^`\\$])*/y;
const PUNCTUATION = /\?\.(?!\d)|=>|\.\.\.|[\s\S]/uy;

const CLOSES: { [closer: string]: string[] } = { ")": ["("], "]": ["["], "}": ["{", "${"] };
/** After these words a slash begins a regular expression. */
const BEFORE_REGEXP = new Set(["return", "typeof", "case", "in", "of", "do", "else", "await", "yield", "new", "void"]);

/** Scans `code` from its beginning to its end. Never fails: what makes no sense is punctuation. */
export function scan(code: string): Scan {
  const tokens: Token[] = [];
  const open: string[] = [];
  let within: Scan["within"] = "code";
  let at = 0;
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(code)?.[0];
  };
  const push = (kind: Token["kind"], text: string): void => {
    tokens.push({ kind, text, start: at, end: at + text.length });
    at += text.length;
  };
  const templatePart = (): void => {
    push("template", match(TEMPLATE_PART) ?? "");
    if (code.startsWith("`", at)) {
      open.pop();
      push("template", "`");
    } else if (code.startsWith("${", at)) {
      open.push("${");
      push("punctuation", "${");
    }
  };

  while (at < code.length) {
    if (open.at(-1) === "`") {
      templatePart();
      continue;
    }
    const rest = code[at] ?? "";
    const comment = match(LINE_COMMENT) ?? match(BLOCK_COMMENT);
    const space = match(SPACE);
    if (space || comment) {
      at += (space ?? comment ?? "").length;
      const unfinished = comment?.startsWith("/*") ? !/^\/\*[\s\S]*\*\/$/.test(comment) : comment !== undefined;
      if (at === code.length && unfinished) within = "comment";
      continue;
    }
    const string = rest === '"' || rest === "'" ? match(STRING) : undefined;
    const regexp = rest === "/" && regexpMayFollow(tokens.at(-1)) ? match(REGEXP) : undefined;
    const number = match(NUMBER);
    const name = match(NAME);
    if (string) {
      push("string", string);
      if (at === code.length && (string.length < 2 || !/(?:^|[^\\])(?:\\\\)*["']$/.test(string.slice(1))))
        within = "string";
    } else if (regexp) {
      push("regexp", regexp);
      if (at === code.length && !/\/[a-z]*$/.test(regexp.slice(1))) within = "regexp";
    } else if (number) push("number", number);
    else if (name) push("name", name);
    else if (rest === "`") {
      open.push("`");
      push("template", "`");
    } else {
      const text = match(PUNCTUATION) ?? rest;
      if ("([{".includes(text)) open.push(text);
      if (CLOSES[text]?.includes(open.at(-1) ?? "")) open.pop();
      push("punctuation", text);
    }
  }
  if (open.at(-1) === "`") within = "template";
  return { tokens, open, within };
}

function regexpMayFollow(token: Token | undefined): boolean {
  if (!token) return true;
  if (token.kind === "name") return BEFORE_REGEXP.has(token.text);
  return token.kind === "punctuation" && !")]}".includes(token.text);
}
