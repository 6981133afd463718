import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { exercise } from "../../notebooks/exercise.ts";

const doubling = exercise("Doubling", async (double: (n: number) => number) => {
  if (double(2) !== 4) throw new Error("double(2) should be 4");
});
const log = vi.spyOn(console, "log");
beforeEach(() => void log.mockImplementation(() => {}));
afterEach(() => log.mockReset());

test("an answer that passes is solved", async () => {
  await doubling.attempt((n) => n * 2);
  expect(log).toHaveBeenCalledExactlyOnceWith("Doubling: solved");
});

test("an answer that does not pass is told why, and stops nothing", async () => {
  await doubling.attempt((n) => n);
  expect(log).toHaveBeenCalledExactlyOnceWith("Doubling: not yet. double(2) should be 4");
});

test("a solution that does not pass fails", async () => {
  await doubling.verify((n) => n + n);
  expect(log).toHaveBeenCalledExactlyOnceWith("Doubling: solved");
  await expect(doubling.verify((n) => n)).rejects.toThrow("double(2) should be 4");
});
