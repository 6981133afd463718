// The question of a quiz (notebooks/quiz.ts). Its answers are in a <details>; with scripts on, the reader chooses first.

import type { Element, ElementContent } from "hast";
import { toString as textOf } from "hast-util-to-string";
import { visit } from "unist-util-visit";

/** `a is right. …`: how an explanation begins. */
const EXPLANATION = /^\s*(\w{1,3}) is (right|wrong)\b/;

/** Marks the quizzes among outputs, and says whether there are any; assets/page.js makes buttons of the marks. */
export function addQuiz(outputs: readonly Element[]): boolean {
  let found = false;
  for (const output of outputs) {
    visit(output, "element", (element) => {
      if (element.tagName !== "details" || !mark(element)) return;
      dropHint(output);
      found = true;
    });
  }
  return found;
}

function mark(details: Element): boolean {
  const explanations = elements(details.children).filter(({ tagName }) => tagName === "p");
  const read = explanations.map((each) => EXPLANATION.exec(textOf(each)));
  if (read.length < 2 || read.includes(null)) return false;
  for (const [index, element] of explanations.entries()) {
    const [, letter = "", verdict = ""] = read[index] ?? [];
    element.properties.dataChoice = letter;
    element.properties.dataVerdict = verdict;
  }
  details.properties.className = ["quiz"];
  return true;
}

/** On a page nobody can run the cell again. */
function dropHint(output: Element): void {
  output.children = output.children.filter(
    (child) => !(child.type === "element" && child.tagName === "p" && /\brun this cell\.\s*$/.test(textOf(child))),
  );
}

const elements = (nodes: readonly ElementContent[]): Element[] => nodes.filter((node) => node.type === "element");
