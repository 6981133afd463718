// Which cells have failed: those whose replies say so, and those that show an error, however late it came.

import type { Failure } from "../client/published.ts";
import type { CodeCell } from "../notebook/format.ts";

/** What keeps a failed cell from ending the run. */
export type Allowance = "raises-exception" | "--allow-errors";

export interface CellFailure {
  /** The cell's place among the code cells, from 1 on. */
  number: number;
  cell: CodeCell;
  /** What happened, in a line. */
  summary: string;
  /** What to show: the traceback, or what happened to the kernel. */
  text: string;
  allowed?: Allowance | undefined;
  /** Whether it is an output of the cell. */
  published: boolean;
}

/** A failure after which the next cell could not run is never allowed. */
export type FailureCause = Pick<CellFailure, "summary" | "text"> & { bearable: boolean };

export class Failures {
  readonly #allowErrors: boolean;
  readonly #begun = new Map<string, { number: number; cell: CodeCell }>();
  /** By the numbers of their cells, in the order in which they failed. */
  readonly #failed = new Map<number, CellFailure>();
  #kernelEnded = false;

  constructor(allowErrors: boolean) {
    this.#allowErrors = allowErrors;
  }

  begin(requestId: string, number: number, cell: CodeCell): void {
    this.#begun.set(requestId, { number, cell });
  }

  /** An error among the outputs of a request. Code that ends the kernel is the one to blame, whichever cell runs then. */
  published(requestId: string, { ename, evalue, traceback }: Failure): void {
    const cell = this.#begun.get(requestId);
    if (!cell) return;
    const endsKernel = ename === "SystemExit";
    this.#kernelEnded ||= endsKernel;
    const summary = `${ename}: ${evalue}`;
    this.#add({ ...cell, summary, text: traceback.join("\n") || summary, published: true }, !endsKernel);
  }

  /** A cell that failed by its reply, or that has none. */
  ended(number: number, cell: CodeCell, { bearable, ...cause }: FailureCause): void {
    if (bearable || !this.#kernelEnded) this.#add({ number, cell, ...cause, published: false }, bearable);
  }

  /** The first that ends the run. */
  get first(): CellFailure | undefined {
    return [...this.#failed.values()].find(({ allowed }) => allowed === undefined);
  }

  of(number: number): CellFailure | undefined {
    return this.#failed.get(number);
  }

  /** In the order of their cells. */
  get all(): CellFailure[] {
    return [...this.#failed.values()].toSorted((a, b) => a.number - b.number);
  }

  #add(failure: CellFailure, bearable: boolean): void {
    const { number, cell } = failure;
    if (bearable && this.#failed.has(number)) return;
    const summary = oneLine(failure.summary);
    this.#failed.set(number, { ...failure, summary, allowed: bearable ? this.#allowanceOf(cell) : undefined });
  }

  #allowanceOf(cell: CodeCell): Allowance | undefined {
    if (hasTag(cell, "raises-exception")) return "raises-exception";
    return this.#allowErrors ? "--allow-errors" : undefined;
  }
}

export function hasTag(cell: CodeCell, tag: string): boolean {
  const { tags } = cell.metadata;
  return Array.isArray(tags) && tags.includes(tag);
}

const LONGEST = 200;

function oneLine(text: string): string {
  const [line = ""] = text.split("\n", 1);
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST)}…`;
}
