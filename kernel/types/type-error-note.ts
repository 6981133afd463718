// Type errors as an output of their own: a quiet note under a heading, not the red of what has failed.

/** Marks the output, by which `loopbook run --check` tells it from what the cell has shown. */
const TYPE_ERRORS = { loopbook: { types: true } };

interface Note {
  data: { "text/plain": string; "text/html": string };
  metadata: typeof TYPE_ERRORS;
}

/** `errors` of the cell `[count]`, each beginning with `line n: `. */
export function typeErrorNote(errors: readonly string[], count: number): Note {
  const heading = errors.length === 1 ? "Type error" : "Type errors";
  const text = errors.map((error) => `Cell [${count}], ${error}`).join("");
  return {
    data: { "text/plain": `${heading} (the cell has run all the same)\n${text}`, "text/html": html(heading, text) },
    metadata: TYPE_ERRORS,
  };
}

/*
 * Its colours are the front end's own, in light and dark themes. The line beside it has a grey with three times the contrast
 * of both.
 */
function html(heading: string, text: string): string {
  return (
    '<div role="note" style="border-left: 3px solid #8c8c8c; padding: 0 0 0 0.8em">' +
    `<div><strong>${heading}</strong> (the cell has run all the same)</div>` +
    `<pre style="margin: 0; padding: 0; background: none">${escaped(text.trimEnd())}</pre></div>`
  );
}

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
