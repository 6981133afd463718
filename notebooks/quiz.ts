// The quiz of a lesson: choose, run the cell, see why.

import { escapeMarkup } from "./markup.ts";

export interface Choice {
  right: boolean;
  /** Why it is right or wrong, as plain text in which `code` is marked as here. */
  why: string;
}

export const right = (why: string): Choice => ({ right: true, why });
export const wrong = (why: string): Choice => ({ right: false, why });

export interface Question<Letter extends string> {
  /** What a choice is worth, and why, for the cell to show; "" asks for one. */
  choose(letter: Letter | ""): object;
}

/**
 * Defines a question by what there is to say about each choice; question and choices are in the text above it.
 *
 * @example
 * const colour = question("The colour", { a: wrong("That is the sea."), b: right("The sky is blue.") });
 * colour.choose("b"); // as the last line of a cell
 */
export function question<Letter extends string>(
  name: string,
  choices: { [letter in Letter]: Choice },
): Question<Letter> {
  const letters = Object.keys(choices) as Letter[];
  const say = (letter: Letter | ""): string => {
    if (letter === "") return `${name}: put ${list(letters)} between the quotes, and run this cell.`;
    const choice: Choice | undefined = choices[letter];
    if (choice === undefined) return `${name}: there is no ${letter}; choose ${list(letters)}.`;
    return `${name}: ${letter} is ${choice.right ? "right" : "not it"}. ${choice.why}`;
  };
  const key = letters.map((letter) => {
    const { right, why } = choices[letter];
    return `<p><strong>${letter}</strong> is ${right ? "<strong>right</strong>" : "wrong"}. ${html(why)}</p>`;
  });
  return {
    choose: (letter) => ({
      [Symbol.for("Jupyter.display")]: () => ({
        "text/plain": say(letter),
        "text/html": `<p>${html(say(letter))}</p>\n<details><summary>All choices, explained</summary>\n${key.join("\n")}\n</details>`,
      }),
    }),
  };
}

const list = (letters: readonly string[]): string => `${letters.slice(0, -1).join(", ")} or ${letters.at(-1)}`;

const html = (text: string): string => escapeMarkup(text).replaceAll(/`([^`]+)`/g, "<code>$1</code>");
