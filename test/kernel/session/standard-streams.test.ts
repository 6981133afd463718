import { afterAll, describe, expect, test } from "vitest";
import { SessionProcess } from "./session-process.ts";

const session = new SessionProcess();
afterAll(() => session[Symbol.dispose]());

const imports = `import { pipeline, finished } from "node:stream/promises"; import { PassThrough, Readable, Writable } from "node:stream"; import { once } from "node:events";`;

describe("process.stdout is where streams may end", () => {
  test.each([
    ["a pipeline", "await pipeline(Readable.from(['a']), process.stdout)"],
    ["a pipeline of several", "await pipeline(Readable.from(['a']), new PassThrough(), process.stdout)"],
    ["a pipeline of a generator", "await pipeline(async function* () { yield 'a' }, process.stdout)"],
    ["a pipe", "Readable.from(['a']).pipe(process.stdout); await once(process.stdout, 'unpipe')"],
    ["a web stream", "await new Response('a').body!.pipeTo(Writable.toWeb(process.stdout))"],
    ["an end that is waited for", "process.stdout.end('a'); await finished(process.stdout)"],
    ["an end with a callback", "await new Promise<void>((resolve) => process.stdout.end('a', () => resolve()))"],
    ["an end that closes", "process.stdout.end('a'); await once(process.stdout, 'close')"],
    [
      "a pipeline that fails",
      "await pipeline(async function* () { yield 'a'; throw 1 }, process.stdout).catch(() => {})",
    ],
    ["destroying", "process.stdout.write('a'); process.stdout.destroy(); await once(process.stdout, 'close')"],
  ])("again and again: %s", async (_name, code) => {
    const listeners =
      "const count = () => process.stdout.eventNames().map((name) => process.stdout.listenerCount(name)).join();";
    const { text } = await session.run(
      `${imports} ${listeners} ${code}; const before = count(); ${code}; ${code}; process.stdout.write("b"); console.log(count() === before, process.stdout.writable)`,
    );
    expect(text).toBe("aaabtrue true\n");
  });
});

test("process.stdout has the descriptor and the colours of a terminal, and is none", async () => {
  const { result } = await session.run(
    "[process.stdout.fd, process.stderr.fd, process.stdout.isTTY, process.stderr.hasColors(256), process.stdout.getColorDepth()]",
  );
  expect(result?.replace(/\s+/g, " ")).toBe("[ 1, 2, false, true, 24 ]");
});

describe("packages that colour", () => {
  test.each([
    ["util.styleText", 'const { styleText } = require("node:util"); styleText("red", "x")'],
    [
      "those that look for FORCE_COLOR",
      '"FORCE_COLOR" in process.env && Number(process.env.FORCE_COLOR) > 0 ? "\\x1b[31mx\\x1b[39m" : "x"',
    ],
    [
      "those that ask the stream",
      'require("node:tty").WriteStream.prototype.hasColors() ? "\\x1b[31mx\\x1b[39m" : "x"',
    ],
  ])("do so: %s", async (_name, code) => {
    expect((await session.run(code)).result).toBe("'\\x1B[31mx\\x1B[39m'");
  });

  test("do not where NO_COLOR says so", async () => {
    const { result } = await session.run(
      'process.env.NO_COLOR = "1"; const plain = [require("node:util").styleText("red", "x"), process.stdout.hasColors()]; delete process.env.NO_COLOR; plain',
    );
    expect(result).toBe("[ 'x', false ]");
  });

  test("are not told so in programs whose output is read", async () => {
    const { result } = await session.run(
      'require("node:child_process").execFileSync(process.execPath, ["-p", "40 + 2"], { encoding: "utf8" })',
    );
    expect(result).toBe("'42\\n'");
  });
});

test("console has all that Node's has, and makes others", async () => {
  const { text } = await session.run(
    'const own = new console.Console(process.stdout, process.stderr); own.log("own %d", 1); own.error("own error"); console.assert(false, "no")',
  );
  expect(text).toBe("own 1\nown error\nAssertion failed: no\n");
  expect(
    (
      await session.run(
        'const names = Object.keys(require("node:console")); names.filter((name) => !(name in console))',
      )
    ).result,
  ).toBe("[]");
});
