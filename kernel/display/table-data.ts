// A table as data: what of the rows and columns is shown, and how many there are.

export interface Table {
  /** The heading of the first column, which names the rows; undefined where rows have no names. */
  readonly index: string | undefined;
  readonly columns: readonly string[];
  /** Of each row its name, and a value for each column; a cell that the row lacks is `ABSENT`. */
  readonly rows: readonly TableRow[];
  /** How many rows and columns there are, with those that are not shown. */
  readonly rowCount: number;
  readonly columnCount: number;
}

export interface TableRow {
  readonly name: unknown;
  readonly cells: readonly unknown[];
}

export interface TableOptions {
  /** Which columns, in this order. Default: all that the rows have, in the order in which they come. */
  columns?: readonly string[] | undefined;
  /** How many rows are shown. Default: 100. */
  limit?: number | undefined;
}

export const ROWS = 100;
export const COLUMNS = 50;

/** Stands for the cell of a row that has no such column. */
export const ABSENT = Symbol("absent");
