// A name that nobody has declared: what to write, where it was meant as a declaration, or as a command of another language.

import { foreignLine } from "../compile/ipython.ts";
import type { Position } from "../compile/positions.ts";

const LONGEST = 60;

/** What to write instead, if that can be told from the place where the name stands. */
export function undeclaredHint(message: string, source: string, position: Position): string | undefined {
  const name = /^(\S+) is not defined$/.exec(message)?.[1];
  if (name === undefined) return undefined;
  const line = source.split("\n")[position.line - 1] ?? "";
  const foreign = /^\s*!/.test(line) ? foreignLine(source, position.line) : undefined;
  if (foreign) return foreign.message;
  const [before, after] = [line.slice(0, position.column - 1), line.slice(position.column - 1)];
  if (!after.startsWith(name)) return undefined;
  const declaration = declared(name, before, after);
  return declaration && `${name} has not been declared. Write: ${declaration}`;
}

function declared(name: string, before: string, after: string): string | undefined {
  const rest = after.slice(name.length);
  if (/\bfor\s*(?:await\s*)?\(\s*$/.test(before)) {
    const [, word] = /^\s+(of|in)\s/.exec(rest) ?? [];
    return word ? `for (const ${name} ${word} …)` : `for (let ${name} = …)`;
  }
  if (/^\s*=(?![=>])/.test(rest)) return `let ${shortened(after)}`;
  // A pattern: [a, b] = …, ({ a, b } = …)
  const opening = /[[{][^[{\]}]*$/.exec(before)?.[0];
  const closing = /^[^[{\]}=]*[\]}]\s*=(?![=>])/.exec(rest);
  if (opening !== undefined && closing) return `let ${shortened(opening + after).replace(/\)\s*;?$/, "")}`;
  if (/^\s*(?:\+\+|--|(?:[-+*/%&|^]|\*\*|<<|>>>?|&&|\|\||\?\?)=)/.test(rest))
    return `let ${name} = … before it is changed`;
  return undefined;
}

const shortened = (text: string): string => {
  const [statement = ""] = text.split(";");
  return statement.length > LONGEST ? `${statement.slice(0, LONGEST)}…` : statement.trimEnd();
};
