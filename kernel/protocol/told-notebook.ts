// The notebook that a client runs, where the client tells: VS Code starts kernels itself, without a word of the file, but names
// each cell by its address in the editor.

const CELL_SCHEME = "vscode-notebook-cell:";

/** Path of the notebook, from the metadata of an execute_request; undefined where it is not told, or not saved yet. */
export function toldNotebook(metadata: { [key: string]: unknown }): string | undefined {
  const { cellId } = metadata;
  const address = typeof cellId === "string" ? URL.parse(cellId) : null;
  if (address?.protocol !== CELL_SCHEME) return undefined;
  const path = decoded(address.pathname);
  return path?.startsWith("/") && path.endsWith(".ipynb") ? path : undefined;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
