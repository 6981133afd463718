import { expect, test } from "vitest";
import { type TypedCompletion, withSignatures } from "../../../kernel/language/typed/typed-completions.ts";

const completion = (text: string): TypedCompletion => ({
  text,
  start: 0,
  end: 0,
  type: "function",
  item: { label: text, data: {} },
});

test("of signatures, few are asked for at once, because the server answers each at its own cost then", async () => {
  let running = 0;
  let most = 0;
  const request = async (_: string, item: object) => {
    most = Math.max(most, ++running);
    await null;
    running--;
    return { ...item, detail: "a signature" };
  };
  const signed = await withSignatures({ request }, ["a", "b", "c", "d"].map(completion), 1_000);
  expect(signed.map(({ text, signature }) => [text, signature])).toEqual([
    ["a", "a signature"],
    ["b", "a signature"],
    ["c", "a signature"],
    ["d", "a signature"],
  ]);
  expect(most).toBe(2);
});

test("a signature that does not come is not waited for, and no other is asked for", async () => {
  const asked: object[] = [];
  const request = (_: string, item: object) => {
    asked.push(item);
    return new Promise<never>(() => {});
  };
  const found = ["a", "b", "c"].map(completion);
  expect(await withSignatures({ request }, found, 5)).toEqual(found);
  expect(asked).toHaveLength(2);
});
