// Inline styles of untrusted HTML: those that dress their own element stay; those that place it elsewhere or load, go.

const PROPERTIES =
  /^(color|background(-color)?|border(-[a-z-]+)?|padding(-[a-z]+)?|margin(-[a-z]+)?|font(-[a-z-]+)?|text-(align|decoration|indent|transform|anchor|overflow)(-[a-z]+)?|(min-|max-)?(width|height)|display|vertical-align|white-space|word-break|overflow-wrap|line-height|letter-spacing|opacity|float|clear|flex(-[a-z]+)?|grid(-[a-z-]+)?|gap|row-gap|column-gap|align-(items|self|content)|justify-(items|self|content)|list-style(-type)?|overflow(-x|-y)?|table-layout|caption-side|empty-cells|box-sizing|fill(-[a-z]+)?|stroke(-[a-z]+)?|stop-(color|opacity)|dominant-baseline|shape-rendering|paint-order|--[\w-]+)$/;

/** A backslash can write any word in another way, and a negative length moves an element out of its place. */
const SUSPECT =
  /url\s*\(|image-set|image\s*\(|cross-fade|element\s*\(|expression|javascript:|[\\@<>]|\/\*|(^|[\s(,])-\s*[\d.]/i;

/** The declarations of a `style` attribute that are harmless, or undefined if there are none. */
export function harmlessStyle(style: string): string | undefined {
  const kept = style.split(";").flatMap((declaration) => {
    const [, name = "", value = ""] = /^\s*([\w-]+)\s*:\s*([\s\S]*?)\s*$/.exec(declaration) ?? [];
    return value !== "" && PROPERTIES.test(name.toLowerCase()) && !SUSPECT.test(value) ? [`${name}:${value}`] : [];
  });
  return kept.length > 0 ? kept.join(";") : undefined;
}

/** Paint servers, masks and markers come from the same document or not at all. */
export function isLocalReference(value: string): boolean {
  const inner = value.replaceAll(/url\(\s*(["']?)#[^"')]*\1\s*\)/gi, "");
  return !/url\s*\(|\\/i.test(inner);
}
