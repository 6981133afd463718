import { afterEach, describe, expect, test, vi } from "vitest";
import { createLog } from "../../../kernel/log.ts";
import type { PendingCheck } from "../../../kernel/types/language-tools.ts";
import { TimeBudget } from "../../../kernel/types/time-budget.ts";
import { TypeErrors } from "../../../kernel/types/type-errors.ts";
import { parent } from "../io/parts.ts";

function showing(check: Partial<PendingCheck>) {
  const said: string[] = [];
  const publish = ({ type, content }: { type: string; content: object }) => {
    said.push(type, (content as { data: { "text/plain": string } }).data["text/plain"]);
  };
  const typeErrors = new TypeErrors({ publish }, createLog());
  const ok = { status: "ok" };
  const whole = { refuses: false, expected: "soon" as const, errors: new Promise<string[]>(() => {}), ...check };
  typeErrors.show(whole, parent(1), 1, ok, () => said.push("idle"));
  return { said, typeErrors };
}

afterEach(() => void vi.useRealTimers());

describe("the end of a cell", () => {
  test("comes within what clients wait for the next message, 100 ms, when the types do not come", () => {
    vi.useFakeTimers();
    const { said } = showing({});
    vi.advanceTimersByTime(75);
    expect(said).toEqual(["idle"]);
  });

  test("comes after its type errors where they are expected soon", async () => {
    const { promise, resolve } = Promise.withResolvers<string[]>();
    const { said } = showing({ errors: promise });
    expect(said).toEqual([]);
    resolve(["line 1: Wrong.\n"]);
    await expect
      .poll(() => said)
      .toEqual(["display_data", "Type error (the cell has run all the same)\nCell [1], line 1: Wrong.\n", "idle"]);
  });

  test("does not wait for types that are not expected", () => {
    expect(showing({ expected: "late" }).said).toEqual(["idle"]);
  });

  test("does not wait any longer when another cell has come, or the kernel ends", () => {
    for (const how of ["hurry", "stop"] as const) {
      const { said, typeErrors } = showing({});
      typeErrors[how]();
      expect(said).toEqual(["idle"]);
    }
  });

  test("comes once, when the types do not come", async () => {
    const { said, typeErrors } = showing({ expected: "long" });
    await expect.poll(() => said).toEqual(["idle"]);
    typeErrors.hurry();
    expect(said).toEqual(["idle"]);
  });
});

test("a budget is used up by waiting, and grows again with time, to a limit", () => {
  const budget = new TimeBudget(0.1, 50, 0);
  budget.spend(60);
  expect([50, 100, 400, 5_000].map((now) => budget.left(now))).toEqual([0, 0, 30, 50]);
});
