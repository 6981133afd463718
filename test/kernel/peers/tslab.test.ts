import { afterAll, expect, test } from "vitest";
import { SessionProcess } from "../session/session-process.ts";

const session = new SessionProcess();
afterAll(() => session[Symbol.dispose]());

test("tslab is there without being installed, and shows what its methods are named for", async () => {
  const { shown } = await session.run(`
    import * as tslab from "tslab";
    tslab.display.html("<b>x</b>");
    tslab.display.png(new Uint8Array([1, 2]));
    tslab.display.raw("text/vnd.mine", "y");`);
  expect(shown).toMatchObject([
    { data: { "text/html": "<b>x</b>" } },
    { data: { "image/png": "AQI=" } },
    { data: { "text/vnd.mine": "y" } },
  ]);
});

test("a new display shows one output again and again", async () => {
  const { shown } = await session.run(`
    import { newDisplay } from "tslab";
    const d = newDisplay();
    d.text("one");
    d.text("two");`);
  const [first, second] = shown;
  expect(first).toMatchObject({ data: { "text/plain": "one" }, transient: { display_id: expect.any(String) } });
  expect(second).toMatchObject({ data: { "text/plain": "two" }, transient: first?.transient });
});

test("versions are text", async () => {
  expect(
    (await session.run('import { versions } from "tslab"; Object.values(versions).every((v) => /^v?\\d/.test(v))'))
      .text,
  ).toBe("true");
});
