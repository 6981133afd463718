// biome-ignore-all lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
// What a terminal would show: a carriage return or a backspace overwrites, and codes that are not about colour are gone.

/** All escape sequences but those that set colours (CSI … m). */
const OTHER_CODES =
  /\x1b(?:\[[0-9;?<=>]*[ -/]*[@-ln-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[PX^_][^\x1b]*\x1b\\|[@-Z\\^_=>78])/g;
const CONTROLS = /[\x00-\x07\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f]/g;

export function settle(text: string): string {
  return text
    .replaceAll(OTHER_CODES, "")
    .replaceAll("\r\n", "\n")
    .split("\n")
    .map((line) => overwrite(backspace(line)))
    .join("\n")
    .replaceAll(CONTROLS, "");
}

/** A progress bar writes its line again and again: the last state counts. */
function overwrite(line: string): string {
  if (!line.includes("\r")) return line;
  let shown = "";
  for (const part of line.split("\r")) shown = part + shown.slice(part.length);
  return shown;
}

function backspace(line: string): string {
  if (!line.includes("\b")) return line;
  const shown: string[] = [];
  for (const character of line)
    if (character === "\b") shown.pop();
    else shown.push(character);
  return shown.join("");
}
