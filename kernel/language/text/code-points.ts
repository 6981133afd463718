// The protocol counts Unicode code points, JavaScript counts UTF-16 units.

/** The UTF-16 index of the `position`-th code point; the end of the text if there are fewer. */
export function utf16Index(text: string, position: number): number {
  let index = 0;
  for (let i = 0; i < position && index < text.length; i++) index += isPair(text, index) ? 2 : 1;
  return index;
}

/** How many code points lie before a UTF-16 index. */
export function codePointIndex(text: string, index: number): number {
  let count = 0;
  for (let i = 0; i < index && i < text.length; i += isPair(text, i) ? 2 : 1) count++;
  return count;
}

const isPair = (text: string, index: number): boolean => (text.codePointAt(index) ?? 0) > 0xffff;
