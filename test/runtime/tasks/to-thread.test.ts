import { expect, test } from "vitest";
import { toThread } from "../../../runtime/index.ts";
import { failure, virtually } from "../virtually.ts";

test("toThread runs functions of every form: recursive ones whose source has no name, methods, arrows", async () => {
  const fib = ((): ((n: number) => number) => {
    const fib = (n: number): number => (n < 2 ? n : fib(n - 1) + fib(n - 2));
    return fib;
  })();
  const { twice } = {
    twice(n: number) {
      return n * 2;
    },
  };
  const nameless = (
    () => (n: number) =>
      n + 1
  )();
  await virtually(async () => {
    expect(await toThread(fib, 10)).toBe(55);
    expect(await toThread(twice, 4)).toBe(8);
    expect(await toThread(nameless, 4)).toBe(5);
  });
});

test("toThread runs a function elsewhere and passes its result or error on", () =>
  virtually(async () => {
    expect(await toThread((a: number, b: number) => a + b, 3, 4)).toBe(7);
    const error = await failure(
      toThread(() => {
        throw new TypeError("there");
      }),
    );
    expect(error).toEqual(new TypeError("there"));
  }));
