// Patterns of a history search: `*`, `?` and `[a-z]`, matched in linear space and without backtracking into disaster.

type Token = "*" | ((char: string) => boolean);

/** Whether the whole of `text` fits the pattern. */
export function globMatches(pattern: string, text: string): boolean {
  const tokens = tokenize(pattern);
  const chars = [...text];
  let token = 0;
  let char = 0;
  // Only the latest star is ever tried again: an earlier one could not do better.
  let star = -1;
  let starChar = 0;
  while (char < chars.length) {
    const current = tokens[token];
    if (current === "*") {
      star = token++;
      starChar = char;
    } else if (current?.(chars[char] ?? "")) {
      token++;
      char++;
    } else if (star >= 0) {
      token = star + 1;
      char = ++starChar;
    } else return false;
  }
  return tokens.slice(token).every((rest) => rest === "*");
}

function tokenize(pattern: string): Token[] {
  const parts = pattern.match(/\[\^?\]?[^\]]*\]|[\s\S]/gu) ?? [];
  return parts.map((part): Token => {
    if (part === "*") return "*";
    if (part === "?") return () => true;
    return part.length > 2 && part.startsWith("[") ? charSet(part.slice(1, -1)) : (char) => char === part;
  });
}

function charSet(inside: string): (char: string) => boolean {
  const negated = inside.startsWith("^");
  const chars = [...(negated ? inside.slice(1) : inside)];
  return (char) => {
    for (let i = 0; i < chars.length; i++) {
      const from = chars[i] ?? "";
      const to = chars[i + 1] === "-" ? chars[i + 2] : undefined;
      if (to !== undefined) i += 2;
      if (from <= char && char <= (to ?? from)) return !negated;
    }
    return negated;
  };
}
