import { afterAll, expect, test } from "vitest";
import { SessionProcess } from "./session-process.ts";

const session = new SessionProcess();
afterAll(() => session[Symbol.dispose]());

const imports = 'import fs, { writeSync } from "node:fs"; import { promisify } from "node:util";';

test.each([
  ["text", "fs.writeSync(1, 'é\\n')", "é\n", "3"],
  ["text in an encoding", "fs.writeSync(1, '6869', null, 'hex')", "hi", "2"],
  ["a part of bytes", "fs.writeSync(1, Buffer.from('abcd'), 1, 2)", "bc", "2"],
  ["a part of bytes by name", "fs.writeSync(2, Buffer.from('abcd'), { offset: 2 })", "cd", "2"],
  ["several bytes", "fs.writevSync(1, [Buffer.from('a'), new Uint8Array([98])])", "ab", "2"],
  ["a function imported by name", "writeSync(1, 'named')", "named", "5"],
  [
    "with a callback",
    "await new Promise((resolve) => fs.write(1, 'back', (error, count) => resolve([error, count])))",
    "back",
    "[ null, 4 ]",
  ],
  ["as a promise", "(await promisify(fs.write)(1, Buffer.from('later'))).bytesWritten", "later", "5"],
  ["as a file", "fs.writeFileSync(1, 'file', 'utf8'); 0", "file", "0"],
  ["by the process's own name for it", "fs.appendFileSync('/dev/stderr', 'path'); 0", "path", "0"],
])("fs writes to the cell: %s", async (_name, code, text, result) => {
  const ran = await session.run(`${imports} ${code}`);
  expect([ran.text, ran.result]).toEqual([text + result, result]);
});

test("fs writes other files as ever", async () => {
  const { result } = await session.run(
    `${imports} const fd = fs.openSync("own.txt", "w+"); fs.writeSync(fd, "own"); fs.closeSync(fd); fs.readFileSync("own.txt", "utf8")`,
  );
  expect(result).toBe("'own'");
});

test.each([
  ["all of it", "fs.readFileSync(0, 'utf8')"],
  ["by name", "fs.readFileSync('/dev/stdin')"],
  ["some bytes", "fs.readSync(0, Buffer.alloc(9))"],
  ["with a callback", "await promisify(fs.readFile)('/dev/stdin')"],
  ["as a promise", "await fs.promises.readFile('/dev/stdin')"],
])("who reads standard input is told how to ask: %s", async (_name, code) => {
  const { text } = await session.run(`${imports} ${code}`);
  expect(text).toMatch(/reads standard input, which a notebook does not have[\s\S]*await input\("Name\? "\)/);
});
