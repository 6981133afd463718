import { expect, test } from "vitest";
import { sleep, timed } from "../../../runtime/index.ts";
import { virtually } from "../virtually.ts";

test("timed prints the time that it took", () =>
  virtually(async () => {
    const { log } = console;
    const lines: unknown[] = [];
    console.log = (line: unknown) => lines.push(line);
    try {
      expect(await timed("Nap", () => sleep(1.5, "rested"))).toBe("rested");
    } finally {
      console.log = log;
    }
    expect(lines).toEqual(["Nap: 1.50s"]);
  }));
