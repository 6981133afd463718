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

async function nextStream() {
  for (;;) {
    const message = await kernel.client.nextPublished();
    if (message.type === "stream") return message;
  }
}

const BAD = "const bad: number = 'x'";
const SHOWN = `Cell [1], line 1: Type 'string' is not assignable to type 'number'. ts(2322)\n    ${BAD}\n          ^^^\n`;

describe("a cell with a type error", () => {
  test("runs, and shows the error in the cell, however late", async () => {
    await start("warn");
    const { id } = await run(BAD);
    expect(kernel.requests).toMatchObject([{ type: "execute", code: BAD }]);
    expect(await nextStream()).toMatchObject({ parent: id, content: { name: "stderr", text: SHOWN } });
  });

  test("does not tell again of the name that it has failed of", async () => {
    await start("warn");
    kernel.onExecute = ({ parent }) => kernel.fail(parent, "ReferenceError", "missing is not defined");
    await run(`missing + 1;\n${BAD}; const other = { elsewhere }`);
    const { content } = await nextStream();
    expect(content).toMatchObject({ text: expect.not.stringContaining("missing") });
    expect(content).toMatchObject({ text: expect.stringMatching(/not assignable[\s\S]*'elsewhere'/) });
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
