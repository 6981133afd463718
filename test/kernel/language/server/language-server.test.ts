import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { Language } from "../../../../kernel/language/language.ts";
import type { RuntimeInspector } from "../../../../kernel/language/live/runtime-inspector.ts";
import { notebookPlace } from "../../../../kernel/modules/notebook-place.ts";
import { silentInspector } from "../silent-inspector.ts";

// A running kernel that has one value, and servers that do not do their work.
const inspector: RuntimeInspector = {
  ...silentInspector,
  evaluate: async () => ({ result: { type: "object", className: "Object", objectId: "1" } }),
  getProperties: async () => ({
    result: [{ name: "atRunTime", configurable: true, enumerable: true, value: { type: "number", value: 1 } }],
  }),
};
const folder = mkdtempSync(join(tmpdir(), "lb-server-"));

function serverThat(does: string): string {
  const path = join(folder, `server-${does.length}`);
  writeFileSync(path, `#!/bin/sh\n${does}\n`);
  chmodSync(path, 0o755);
  return path;
}

let language: Language | undefined;
afterEach(() => language?.close());

function start(executable: string): { language: Language; troubles: string[] } {
  const troubles: string[] = [];
  language = new Language({
    place: notebookPlace(folder),
    inspector,
    onTrouble: (reason) => troubles.push(reason),
    executable,
  });
  return { language, troubles };
}

describe.skipIf(process.platform === "win32")("where the type checker", () => {
  test("is not there, the running kernel completes and inspects, and one notice says why", async () => {
    const { language, troubles } = start(join(folder, "nothing"));
    for (let i = 0; i < 3; i++) {
      const { matches, metadata } = await language.complete("value.", 6);
      expect(matches).toEqual(["atRunTime"]);
      expect(metadata._jupyter_types_experimental).toMatchObject([{ text: "atRunTime", type: "property" }]);
      expect((await language.inspect("value", 5, 0)).data["text/plain"]).toBe("value: Object = { atRunTime: 1 }");
      await expect(language.check("const x = 1")).rejects.toThrow();
    }
    expect(troubles).toEqual([expect.stringContaining("ENOENT")]);
  });

  test("crashes as it starts, it is started again after a pause", async () => {
    const log = join(folder, "starts");
    const { language, troubles } = start(serverThat(`echo start >> ${log}; exit 3`));
    await expect(language.check("const x = 1")).rejects.toThrow("code 3");
    await expect(language.check("const x = 1")).rejects.toThrow("rests");
    await new Promise((resolve) => setTimeout(resolve, 600));
    await expect(language.check("const x = 1")).rejects.toThrow("code 3");
    expect(troubles).toHaveLength(1);
  });

  test("hangs, the running kernel answers in its place", async () => {
    const { language } = start(serverThat("exec sleep 86400"));
    expect((await language.complete("value.", 6)).matches).toEqual(["atRunTime"]);
  });
});
