import { afterAll, describe, expect, test } from "vitest";
import { SessionProcess } from "./session-process.ts";

const session = new SessionProcess();
afterAll(() => session[Symbol.dispose]());

const imports =
  'import readline from "node:readline"; import promises from "node:readline/promises"; import { promisify } from "node:util";';
const lines = "readline.createInterface({ input: process.stdin, output: process.stdout })";

/** Runs a cell whose questions are answered with "Ada". */
async function answered(code: string) {
  const before = session.answerWith("Ada").length;
  const run = await session.run(`${imports} ${code}`, { allowStdin: true });
  return { ...run, prompts: session.answerWith("Ada").slice(before) };
}

describe("a question of readline is asked by the front end, with its text", () => {
  test.each([
    [
      "awaited",
      "const a = promises.createInterface({ input: process.stdin }); const got = await a.question('Name? '); a.close(); got",
    ],
    [
      "awaited, and the interface left open",
      "await promises.createInterface(process.stdin, process.stdout).question('Name? ')",
    ],
    ["with a callback", `const b = ${lines}; await new Promise((resolve) => b.question("Name? ", resolve))`],
    [
      "as a terminal",
      "const c = readline.createInterface({ input: process.stdin, output: process.stdout, terminal: true }); await new Promise((resolve) => c.question('Name? ', {}, resolve))",
    ],
    ["made a promise of", `const d = ${lines}; await promisify(d.question).bind(d)("Name? ")`],
  ])("%s", async (_name, code) => {
    expect(await answered(code)).toMatchObject({ prompts: ["Name? "], result: "'Ada'" });
  });

  test("one after the other, and the cell ends when they are answered", async () => {
    const { text, prompts } = await answered(
      `const e = ${lines}; e.question("First? ", (one) => { e.question("Then? ", (two) => { console.log(one, two); e.close(); }); }); 0`,
    );
    expect(prompts).toEqual(["First? ", "Then? "]);
    expect(text).toBe("0Ada Ada\n");
  });

  test("unless it is withdrawn", async () => {
    const { reply } = await answered(
      "await promises.createInterface(process.stdin).question('Name? ', { signal: AbortSignal.abort() })",
    );
    expect(reply).toMatchObject({ ename: "AbortError" });
  });
});

describe("process.stdin asks for a line when somebody waits for one", () => {
  test.each([
    ["data", "await new Promise((resolve) => process.stdin.once('data', (line) => resolve(String(line))))", "'Ada\\n'"],
    ["a line", `const f = ${lines}; await new Promise((resolve) => f.once("line", resolve))`, "'Ada'"],
    [
      "a loop over it",
      "let text = ''; for await (const part of process.stdin) { text += part; break } text",
      "'Ada\\n'",
    ],
    [
      "a loop over lines",
      `const all = []; for await (const line of ${lines}) if (all.push(line) === 1) break; all`,
      "[ 'Ada' ]",
    ],
  ])("%s", async (_name, code, result) => {
    expect(await answered(code)).toMatchObject({ prompts: [""], result });
  });

  test("which no cell outlives: it ends when the line has been dealt with", async () => {
    const { text } = await answered("process.stdin.once('data', (line) => console.log('got ' + line)); 0");
    expect(text).toBe("0got Ada\n\n");
  });

  test("as often as a listener stays, and not without one", async () => {
    const { prompts } = await answered(
      `const g = ${lines}; let count = 0; g.on("line", () => { if (++count === 3) g.close() }); 0`,
    );
    expect(prompts).toEqual(["", "", ""]);
    expect((await answered(`const idle = ${lines}; process.stdin.on("end", () => {}); 0`)).prompts).toEqual([]);
  });

  test("until an interrupt ends it, and the next cell has another one", async () => {
    const { parent, reply } = session.start(
      `${imports} const h = ${lines}; h.on("line", () => console.log("more")); h.on("close", () => console.log("closed")); 0`,
      { allowStdin: true },
    );
    await session.shows(parent, "more");
    session.send({ type: "interrupt" });
    expect(await reply).toMatchObject({ ename: "KeyboardInterrupt" });
    expect((await answered("await promises.createInterface(process.stdin).question('Next? ')")).result).toBe("'Ada'");
  });
});

describe("where the front end takes no input, who would wait for ever is told so", () => {
  test.each([
    ["a question", "await promises.createInterface(process.stdin).question('Name? ')", "rl.question()"],
    ["a question with a callback", `${lines}.question("Name? ", () => {})`, "rl.question()"],
    ["a listener for lines", `${lines}.on("line", () => {})`, "readline"],
    ["a loop over lines", `for await (const line of ${lines}) line`, "readline"],
    ["data", "process.stdin.on('data', () => {})", "process.stdin"],
    ["a loop", "for await (const part of process.stdin) part", "process.stdin"],
    ["a pipe", "process.stdin.pipe(process.stdout)", "process.stdin"],
  ])("%s", async (_name, code, caller) => {
    const { reply } = await session.run(`${imports} ${code}`);
    expect(reply).toMatchObject({
      ename: "StdinNotAllowedError",
      evalue: expect.stringContaining(`${caller} asks the user`),
    });
  });
});
