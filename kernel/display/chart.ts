// Charts of Vega and Vega-Lite: their specifications, and objects that give one.

import type { MimeBundle } from "../channel/messages.ts";
import { method, property } from "./record.ts";

const SCHEMA = /\/schema\/(vega-lite|vega)\/v(\d+)/;

/** An object with `toSpec()` (the Vega-Lite API), or a specification that names its `$schema`. */
export function chartBundle(value: object): MimeBundle | undefined {
  const spec = method(value, "toSpec")?.() ?? value;
  if (typeof spec !== "object" || spec === null) return undefined;
  const schema = property(spec, "$schema");
  const found = typeof schema === "string" ? SCHEMA.exec(schema) : undefined;
  if (found) return chart(spec, found[1] === "vega" ? "vega" : "vegalite", Number(found[2]));
  return spec === value ? undefined : vegaLiteBundle(spec);
}

/** A specification of Vega-Lite, of the version that it names. */
export function vegaLiteBundle(spec: object): MimeBundle {
  const schema = property(spec, "$schema");
  const version = typeof schema === "string" ? SCHEMA.exec(schema)?.[2] : undefined;
  return chart(spec, "vegalite", version === undefined ? NEWEST.vegalite : Number(version));
}

/** The newest versions that JupyterLab's renderers name; they draw what newer ones of Vega-Lite say, as far as they know it. */
const NEWEST = { vega: 5, vegalite: 5 };

function chart(spec: object, language: "vega" | "vegalite", version: number): MimeBundle {
  const name = language === "vega" ? "Vega" : "Vega-Lite";
  return {
    "text/plain": `<${name} chart: ${summary(spec)}>`,
    [`application/vnd.${language}.v${Math.min(version, NEWEST[language])}+json`]: spec,
  };
}

function summary(spec: object): string {
  const [title, mark] = [property(spec, "title"), property(spec, "mark")];
  const kind = typeof mark === "string" ? mark : property(Object(mark), "type");
  return [kind, title].filter((part) => typeof part === "string").join(", ") || "a specification";
}
