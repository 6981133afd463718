import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { notebookPlace } from "../../../kernel/modules/notebook-place.ts";

const directory = join("/", "work");

test.each([
  ["the file that Jupyter's server names", "plots/data.ipynb", "data.ipynb", true],
  ["a stand-in where the session has another name", "a1b2-c3d4", "notebook.ipynb", false],
  ["a stand-in where nothing is named", undefined, "notebook.ipynb", false],
])("a notebook stands in the kernel's folder, as %s", (_what, session, file, named) => {
  const filename = join(directory, file);
  expect(notebookPlace(directory, session)).toMatchObject({
    directory,
    filename,
    named,
    url: pathToFileURL(filename).href,
  });
});
