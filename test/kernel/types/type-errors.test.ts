import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { FakeKernel } from "../io/fake-kernel.ts";

// The real type checker, beside a session that does nothing.
let kernel: FakeKernel;

async function start(mode: string): Promise<void> {
  process.env.LOOPBOOK_TYPES = mode;
  kernel = new FakeKernel();
  await kernel.start();
}

beforeEach(() => {
  delete process.env.LOOPBOOK_TYPES;
});
afterEach(async () => {
  await kernel.stop();
  delete process.env.LOOPBOOK_TYPES;
});

async function run(code: string) {
  const id = kernel.client.send("execute_request", { code });
  return { id, published: await kernel.client.published(id) };
}

/** The next note of type errors: its cell, and its two texts. */
async function nextNote() {
  for (;;) {
    const { type, parent, content } = await kernel.client.nextPublished();
    const { data } = content as { data?: { [type: string]: string } };
    if (type === "display_data") return { parent, text: data?.["text/plain"] ?? "", html: data?.["text/html"] ?? "" };
  }
}

const BAD = "const bad: number = 'x'";
const SHOWN = `Cell [1], line 1: Type 'string' is not assignable to type 'number'. ts(2322)\n    ${BAD}\n          ^^^\n`;

describe("a cell with a type error", () => {
  test("runs, and shows the error in the cell, however late", async () => {
    await start("warn");
    const { id } = await run(BAD);
    expect(kernel.requests).toMatchObject([{ type: "execute", code: BAD }]);
    const { parent, text, html } = await nextNote();
    expect([parent, text]).toEqual([id, `Type error (the cell has run all the same)\n${SHOWN}`]);
    expect(html).toContain("Type &#39;string&#39;".replaceAll("&#39;", "'"));
    expect(html).not.toMatch(/(?:^|[^-])color:/);
  });

  test("does not tell again of the name that it has failed of", async () => {
    await start("warn");
    kernel.onExecute = ({ parent }) => kernel.fail(parent, "ReferenceError", "missing is not defined");
    await run(`missing + 1;\n${BAD}; const other = { elsewhere }`);
    const { text } = await nextNote();
    expect(text).not.toContain("missing");
    expect(text).toMatch(/^Type errors[\s\S]*not assignable[\s\S]*'elsewhere'/);
  });

  test("is handed over with the reason not to run it in strict mode", async () => {
    await start("strict");
    await run(BAD);
    await run("const good = 1");
    expect(kernel.requests).toEqual([
      expect.objectContaining({ refusal: [SHOWN.replace("Cell [1], ", "")] }),
      expect.not.objectContaining({ refusal: expect.anything() }),
    ]);
  });

  test("may say itself what becomes of it", async () => {
    await start("off");
    await run(`// @loopbook types: strict\n${BAD}`);
    await run(BAD);
    expect(kernel.requests.map((request) => "refusal" in request)).toEqual([true, false]);
  });
});
