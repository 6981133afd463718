// Data frames of libraries, told by what they can do: nodejs-polars, Arquero, Danfo.js, Apache Arrow. Only the rows that are
// shown are asked for.

import { method, property } from "./record.ts";
import { COLUMNS, ROWS, type Table, type TableOptions } from "./table-data.ts";

interface Frame {
  columns: readonly string[];
  rowCount: number;
  /** The first rows, each with a value for each of the first columns. */
  rows(count: number, columns: readonly string[]): unknown[][];
  /** The names of the first rows, where rows have names. */
  names?(count: number): unknown[];
}

export function frameTable(value: object, options: TableOptions): Table | undefined {
  const frame = arquero(value) ?? polars(value) ?? danfo(value) ?? arrow(value);
  if (!frame || frame.columns.length === 0) return undefined;
  const all = options.columns ?? frame.columns;
  const columns = all.slice(0, COLUMNS);
  const count = Math.min(frame.rowCount, options.limit ?? ROWS);
  const names = frame.names?.(count);
  const rows = frame.rows(count, columns).map((cells, at) => ({ name: names?.[at], cells }));
  return { index: names && "", columns, rows, rowCount: frame.rowCount, columnCount: all.length };
}

function arquero(value: object): Frame | undefined {
  const [numRows, columnNames, get] = ["numRows", "columnNames", "get"].map((name) => method(value, name));
  if (!numRows || !columnNames || !get) return undefined;
  const [columns, rowCount] = [columnNames(), numRows()];
  if (!isNames(columns) || typeof rowCount !== "number") return undefined;
  return { columns, rowCount, rows: (count, names) => range(count).map((row) => names.map((name) => get(name, row))) };
}

function polars(value: object): Frame | undefined {
  const [columns, rowCount, head] = [property(value, "columns"), property(value, "height"), method(value, "head")];
  if (!isNames(columns) || typeof rowCount !== "number" || !head) return undefined;
  return {
    columns,
    rowCount,
    rows(count, names) {
      const records: unknown = method(Object(head(count)), "toRecords")?.();
      return Array.isArray(records) ? records.map((record) => names.map((name) => property(Object(record), name))) : [];
    },
  };
}

function danfo(value: object): Frame | undefined {
  const [columns, shape, index] = [property(value, "columns"), property(value, "shape"), property(value, "index")];
  if (!isNames(columns) || !Array.isArray(shape) || typeof shape[0] !== "number" || !Array.isArray(index))
    return undefined;
  return {
    columns,
    rowCount: shape[0],
    rows(count, names) {
      const rows = property(value, "values");
      const places = names.map((name) => columns.indexOf(name));
      return Array.isArray(rows)
        ? rows.slice(0, count).map((row) => places.map((at) => (Array.isArray(row) ? row[at] : row)))
        : [];
    },
    names: (count) => index.slice(0, count),
  };
}

function arrow(value: object): Frame | undefined {
  const [schema, rowCount, get] = [property(value, "schema"), property(value, "numRows"), method(value, "get")];
  const fields = property(Object(schema), "fields");
  if (!Array.isArray(fields) || typeof rowCount !== "number" || !get) return undefined;
  const columns = fields.map((field) => String(property(Object(field), "name")));
  return {
    columns,
    rowCount,
    rows: (count, names) => range(count).map((row) => names.map((name) => property(Object(get(row)), name))),
  };
}

const range = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

const isNames = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((name) => typeof name === "string");
