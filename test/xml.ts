const TOKEN = /<(\/?)([A-Za-z][\w:.-]*)((?:\s+[\w:.-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/y;
const REFERENCE = /&(?:amp|lt|gt|quot|#\d+|#x[0-9a-fA-F]+);/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML does not allow
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

/**
 * Checks that a text is one well-formed XML element, as a strict parser would, and returns the names of its elements.
 * @throws Error with the place that is wrong
 */
export function checkXml(text: string): string[] {
  if (FORBIDDEN.test(text) || !text.isWellFormed()) throw new Error("a character that XML does not allow");
  const open: string[] = [];
  const names: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const [token, end, name = "", attributes = "", empty, characters = ""] = TOKEN.exec(text) ?? [];
    if (token === undefined) throw new Error(`not well-formed: ${text.slice(at, at + 80)}`);
    if (`${attributes}${characters}`.replace(REFERENCE, "").includes("&")) throw new Error(`a bare &: ${token}`);
    const keys = [...attributes.matchAll(/([\w:.-]+)=/g)].map(([, key]) => key);
    if (characters === "" && new Set(keys).size !== keys.length) throw new Error(`an attribute twice: ${token}`);
    if (characters !== "" && open.length === 0) throw new Error(`text outside of the element: ${characters}`);
    if (name === "") continue;
    if (end === "/") {
      if (open.pop() !== name) throw new Error(`</${name}> closes nothing`);
      continue;
    }
    if (open.length === 0 && names.length > 0) throw new Error(`a second root element: ${token}`);
    names.push(name);
    if (empty !== "/") open.push(name);
  }
  if (open.length > 0) throw new Error(`not closed: ${open.join(", ")}`);
  return names;
}
