// biome-ignore-all lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
// Text with the colours that a terminal gives it.

import type { ElementContent } from "hast";
import { h } from "hastscript";
import { settle } from "./terminal.ts";

const NAMES = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];

/** A colour of the palette, which follows the theme, or one of its own. */
type Colour = { name: string } | { rgb: string };

interface Look {
  fg?: Colour | undefined;
  bg?: Colour | undefined;
  bold?: boolean;
  dim?: boolean;
  italic?: boolean;
  underline?: boolean;
  inverse?: boolean;
  strike?: boolean;
}

/** Text with escape codes to text with elements. */
export function renderAnsi(text: string): ElementContent[] {
  const content: ElementContent[] = [];
  let look: Look = {};
  // Every second part is the parameters of a code.
  for (const [index, part] of settle(text)
    .split(/\x1b\[([\d;:]*)m/)
    .entries()) {
    if (index % 2 === 1) look = changed(look, part);
    else if (part !== "") content.push(dressed(part.replaceAll("\x1b", ""), look));
  }
  return content;
}

function changed(before: Look, parameters: string): Look {
  let look = { ...before };
  const codes = parameters.split(/[;:]/).map(Number);
  for (let code = codes.shift(); code !== undefined; code = codes.shift()) {
    if (code === 0) look = {};
    else if (code === 1) look.bold = true;
    else if (code === 2) look.dim = true;
    else if (code === 3) look.italic = true;
    else if (code === 4) look.underline = true;
    else if (code === 7) look.inverse = true;
    else if (code === 9) look.strike = true;
    else if (code === 22) look = { ...look, bold: false, dim: false };
    else if (code === 23) look.italic = false;
    else if (code === 24) look.underline = false;
    else if (code === 27) look.inverse = false;
    else if (code === 29) look.strike = false;
    else if (code === 38) look.fg = extended(codes);
    else if (code === 48) look.bg = extended(codes);
    else if (code === 39) look.fg = undefined;
    else if (code === 49) look.bg = undefined;
    else if (code >= 30 && code <= 37) look.fg = palette(code - 30);
    else if (code >= 40 && code <= 47) look.bg = palette(code - 40);
    else if (code >= 90 && code <= 97) look.fg = palette(code - 90 + 8);
    else if (code >= 100 && code <= 107) look.bg = palette(code - 100 + 8);
  }
  return look;
}

/** `5;N` of 256 colours, or `2;R;G;B`. Takes what it needs from the codes. */
function extended(codes: number[]): Colour | undefined {
  const kind = codes.shift();
  if (kind === 2) return rgb(codes.splice(0, 3));
  if (kind !== 5) return undefined;
  const index = codes.shift() ?? 0;
  if (index < 16) return palette(index);
  if (index < 232) return rgb([36, 6, 1].map((step) => cube(Math.floor((index - 16) / step) % 6)));
  return rgb(Array(3).fill(8 + 10 * (index - 232)));
}

const cube = (level: number): number => (level === 0 ? 0 : 55 + 40 * level);

const palette = (index: number): Colour => ({ name: `${index >= 8 ? "bright-" : ""}${NAMES[index % 8] ?? "white"}` });

function rgb(parts: readonly number[]): Colour {
  return {
    rgb: `#${parts
      .map((part) =>
        Math.min(255, part || 0)
          .toString(16)
          .padStart(2, "0"),
      )
      .join("")}`,
  };
}

function dressed(text: string, look: Look): ElementContent {
  const classes: string[] = [];
  const style: string[] = [];
  const paint = (role: "fg" | "bg", colour: Colour | undefined) => {
    if (!colour) return;
    if ("name" in colour) classes.push(`ansi-${colour.name}-${role}`);
    else {
      classes.push(`ansi-${role}`);
      style.push(`--ansi-${role}:${colour.rgb}`);
    }
  };
  paint("fg", look.fg);
  paint("bg", look.bg);
  for (const name of ["bold", "dim", "italic", "underline", "inverse", "strike"] as const)
    if (look[name]) classes.push(`ansi-${name}`);
  if (classes.length === 0) return { type: "text", value: text };
  return h("span", { className: classes, ...(style.length > 0 ? { style: style.join(";") } : {}) }, text);
}
