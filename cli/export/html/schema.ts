// What untrusted HTML may contain: an allow-list. What is not named here does not reach a page.

import { defaultSchema, type Schema } from "hast-util-sanitize";
import { SVG_ATTRIBUTES, SVG_ELEMENTS } from "./svg-schema.ts";

/** Removed with all they contain; of other unknown elements the content stays. */
const REMOVED = [
  "script",
  "style",
  "title",
  "template",
  "noscript",
  "noembed",
  "noframes",
  "iframe",
  "object",
  "embed",
  "audio",
  "video",
  "canvas",
  "textarea",
  "select",
  "foreignObject",
  "animate",
  "set",
  "animateMotion",
  "animateTransform",
];

const HTML_ELEMENTS = [
  ...["a", "abbr", "b", "bdi", "bdo", "blockquote", "br", "caption", "center", "cite", "code", "col", "colgroup"],
  ...["dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "font"],
  ...["h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q"],
  ...["rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "summary", "sup"],
  ...["table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt", "u", "ul", "var", "wbr"],
];

/** Classes of ours, and those that notebooks use for boxes and tables: others could dress as a part of the page. */
const CLASSES = /^(language-[\w+#-]+|maths|maths-inline|maths-display|alert|alert-\w+|admonition|dataframe)$/;

/** Roles that are no landmark and no control. */
const ROLES = /^(img|presentation|none|note|list|listitem|group|math)$/;

const aria = ["ariaDescribedBy", "ariaHidden", "ariaLabel", "ariaLabelledBy"];

/** The allow-list. URLs and `style` are looked at again, more closely, in links.ts, images.ts and styles.ts. */
export const SCHEMA: Schema = {
  tagNames: [...HTML_ELEMENTS, ...SVG_ELEMENTS],
  strip: REMOVED,
  attributes: {
    a: ["href"],
    img: ["src", "alt", "width", "height"],
    ol: ["start", "reversed"],
    td: ["colSpan", "rowSpan", "headers"],
    th: ["colSpan", "rowSpan", "headers", "scope", "abbr"],
    col: ["span"],
    colgroup: ["span"],
    details: ["open"],
    time: ["dateTime"],
    font: ["color"],
    "*": [
      ...aria,
      ...["align", "dir", "id", "lang", "style", "title", "vAlign", "width", "height"],
      ["className", CLASSES],
      ["role", ROLES],
      ...SVG_ATTRIBUTES,
    ],
  },
  ancestors: {
    ...defaultSchema.ancestors,
    // In HTML these names are other elements, or none.
    ...Object.fromEntries(SVG_ELEMENTS.filter((name) => name !== "svg").map((name) => [name, ["svg"]])),
  },
  // `ids.ts` makes ids unique; names, which could stand for a property of the document, are not allowed at all.
  clobber: [],
  protocols: {
    href: ["http", "https", "mailto", "data"],
    src: ["http", "https", "data", "attachment"],
    xLinkHref: ["data"],
  },
  required: {},
};

/** For a picture that becomes an `<img>`, where its style sheet reaches only itself and nothing is loaded or run. */
export const ISOLATED_SVG_SCHEMA: Schema = {
  ...SCHEMA,
  tagNames: [...SVG_ELEMENTS, "style"],
  strip: REMOVED.filter((name) => name !== "style" && name !== "title"),
  attributes: { ...SCHEMA.attributes, "*": [...aria, "className", "id", "style", "role", ...SVG_ATTRIBUTES] },
  ancestors: { ...SCHEMA.ancestors, style: ["svg"] },
};
