// A table as HTML that scrolls and sorts, in the colours of the page around it.

import { escapeMarkup } from "../../runtime/host.ts";
import { shortText } from "./short-text.ts";
import { ABSENT, type Table, type TableRow } from "./table-data.ts";

/**
 * Sorts the rows by the column whose heading was clicked, the other way round when it is clicked again. An attribute and no
 * script: a front end that does not trust the notebook takes it away, and the table stays.
 */
const SORT = [
  "const h=event.target.closest('th');if(!h)return;",
  "const b=this.tBodies[0],i=h.cellIndex,d=h.ariaSort==='ascending'?-1:1,t=r=>r.cells[i].textContent;",
  "const c=(x,y)=>{const a=t(x),e=t(y),n=a-e;return a===''||e===''?(a==='')-(e===''):d*(n===n?n:a.localeCompare(e))};",
  "for(const o of this.tHead.rows[0].cells)o.removeAttribute('aria-sort');",
  "h.ariaSort=d>0?'ascending':'descending';b.append(...[...b.rows].sort(c))",
].join("");

const FRAME = "max-height:400px;overflow:auto;width:fit-content;max-width:100%";
const HEAD = "cursor:pointer;position:sticky;top:0;background:var(--jp-layout-color0,Canvas)";

export function tableHtml(table: Table): string {
  const names = table.index === undefined ? [] : [table.index];
  const head = [...names, ...table.columns].map((name) => `<th scope="col" style="${HEAD}">${escapeMarkup(name)}</th>`);
  const rows = table.rows.map((row) => tableRow(row, table.index !== undefined));
  return [
    `<div style="${FRAME}"><table class="dataframe" onclick="${escapeMarkup(SORT)}">`,
    `<thead><tr>${head.join("")}</tr></thead><tbody>${rows.join("")}</tbody></table></div>`,
    `<small>${escapeMarkup(tableSize(table))}</small>`,
  ].join("");
}

function tableRow({ name, cells }: TableRow, named: boolean): string {
  const head = named ? `<th scope="row">${escapeMarkup(shortText(name))}</th>` : "";
  return `<tr>${head}${cells.map(tableCell).join("")}</tr>`;
}

function tableCell(value: unknown): string {
  const isNumber = typeof value === "number" || typeof value === "bigint";
  const text = value === ABSENT ? "" : isNumber ? String(value) : shortText(value);
  return `<td style="text-align:${isNumber ? "right" : "left"}">${escapeMarkup(text)}</td>`;
}

/** `100 of 1,000,000 rows, 50 of 80 columns`: what is left out is always said. */
function tableSize({ rows, columns, rowCount, columnCount }: Table): string {
  return `${counted(rows.length, rowCount, "row")} × ${counted(columns.length, columnCount, "column")}`;
}

function counted(shown: number, all: number, noun: string): string {
  const total = `${all.toLocaleString("en-US")} ${noun}${all === 1 ? "" : "s"}`;
  return shown < all ? `${shown.toLocaleString("en-US")} of ${total}` : total;
}
