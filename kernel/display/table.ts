// What is shown as a table: which values, and of those the rows and columns that are shown.

import { isMap, isSet, isTypedArray } from "node:util/types";
import { frameTable } from "./frames.ts";
import { isRecord, property } from "./record.ts";
import { ABSENT, COLUMNS, ROWS, type Table, type TableOptions, type TableRow } from "./table-data.ts";

/** The table that a value is best seen as; undefined for what is no table. */
export function tableOf(value: object, options: TableOptions = {}): Table | undefined {
  if (isTypedArray(value)) return seriesTable(value, value.length, options);
  if (isMap(value)) return value.size > 0 ? mapTable(value, options) : undefined;
  if (isSet(value)) return value.size > 0 ? seriesTable(value, value.size, options) : undefined;
  if (Array.isArray(value)) return recordsTable(value, options);
  return frameTable(value, options);
}

/** Rows of whatever a caller calls rows: what `table(rows)` and `console.table` show. */
export function tableOfRows(value: object, options: TableOptions = {}): Table | undefined {
  const found = tableOf(value, options);
  if (found) return found;
  if (Array.isArray(value)) return listTable(value.entries(), value.length, "(index)", options);
  const keys = Object.keys(value);
  return keys.length === 0 ? undefined : listTable(entriesOf(value, keys), keys.length, "(index)", options);
}

function* entriesOf(value: object, keys: readonly string[]): Generator<[string, unknown]> {
  for (const key of keys) yield [key, property(value, key)];
}

/** An array is a table if all of it that would be shown are records. */
function recordsTable(value: readonly unknown[], options: TableOptions): Table | undefined {
  const shown = value.slice(0, options.limit ?? ROWS);
  if (shown.length === 0 || !shown.every(isRecord)) return undefined;
  return listTable(shown.entries(), value.length, undefined, options);
}

function mapTable(value: ReadonlyMap<unknown, unknown>, options: TableOptions): Table {
  return listTable(value.entries(), value.size, "key", options);
}

function seriesTable(values: Iterable<unknown>, count: number, options: TableOptions): Table | undefined {
  if (count === 0) return undefined;
  let at = 0;
  const rows: TableRow[] = [];
  for (const value of values) {
    if (rows.length >= (options.limit ?? ROWS)) break;
    rows.push({ name: at++, cells: [value] });
  }
  return { index: "(index)", columns: ["value"], rows, rowCount: count, columnCount: 1 };
}

/** Rows by their name: records spread over columns of their own, other values in a last column. */
function listTable(
  entries: Iterable<[unknown, unknown]>,
  rowCount: number,
  index: string | undefined,
  { columns: wanted, limit = ROWS }: TableOptions,
): Table {
  const shown: [unknown, unknown][] = [];
  for (const entry of entries) {
    if (shown.length >= limit) break;
    shown.push(entry);
  }
  const keys = new Set<string>();
  let plain = false;
  for (const [, row] of shown) {
    if (isRow(row)) for (const key of Object.keys(row)) keys.add(key);
    else plain = true;
  }
  const all = wanted ?? [...keys];
  const columns = all.slice(0, COLUMNS);
  const rows = shown.map(([name, row]) => ({
    name,
    cells: [
      ...columns.map((key) => (isRow(row) && Object.hasOwn(row, key) ? property(row, key) : ABSENT)),
      ...(plain ? [isRow(row) ? ABSENT : row] : []),
    ],
  }));
  const own = plain ? ["value"] : [];
  return { index, columns: [...columns, ...own], rows, rowCount, columnCount: all.length + own.length };
}

/** What has columns of its own: a record, or an array in an array. */
const isRow = (value: unknown): value is object => isRecord(value) || Array.isArray(value);
