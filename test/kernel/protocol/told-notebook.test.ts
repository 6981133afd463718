import { expect, test } from "vitest";
import { toldNotebook } from "../../../kernel/protocol/told-notebook.ts";

test.each([
  ["a file", "vscode-notebook-cell:/home/ada/lesson%201.ipynb#W0sZmlsZQ%3D%3D", "/home/ada/lesson 1.ipynb"],
  [
    "a file of Windows",
    "vscode-notebook-cell:/c%3A/Users/ada/lesson.ipynb#W1sZmlsZQ%3D%3D",
    "/c:/Users/ada/lesson.ipynb",
  ],
  ["a file of another machine", "vscode-notebook-cell://ssh-remote%2Bhost/home/ada/a.ipynb#X0", "/home/ada/a.ipynb"],
])("VS Code's address of a cell tells %s", (_, cellId, path) => {
  expect(toldNotebook({ cellId })).toBe(path);
});

test.each([
  ["a notebook that was never saved", "vscode-notebook-cell:Untitled-1.ipynb?jupyter-notebook#W0sdW50aXRsZWQ%3D"],
  ["an id of JupyterLab's", "0b6b5a42-7d2f-4a5c-9a5e-1d2f3a4b5c6d"],
  ["another file", "vscode-notebook-cell:/home/ada/lesson.txt#W0"],
  ["a broken address", "vscode-notebook-cell:/%E0%A4%A.ipynb"],
  ["a number", 7],
  ["nothing", undefined],
])("%s tells no notebook", (_, cellId) => {
  expect(toldNotebook({ cellId })).toBeUndefined();
});
