import { afterAll, describe, expect, test } from "vitest";
import { SessionProcess } from "./session-process.ts";

const session = new SessionProcess();
afterAll(() => session[Symbol.dispose]());

const pause = "await new Promise((resolve) => setTimeout(resolve, 20));";

describe("listeners for what nobody catches", () => {
  test("may be removed: it is shown all the same", async () => {
    const { text } = await session.run(
      `for (const name of ["uncaughtException", "unhandledRejection"]) process.removeAllListeners(name);
       void Promise.reject(new Error("rejected")); setTimeout(() => { throw new Error("thrown") }); ${pause} "alive"`,
    );
    expect(text).toMatch(/Error: rejected[\s\S]*Error: thrown[\s\S]*'alive'/);
  });

  test("of the user's handle it, as in Node", async () => {
    const { text } = await session.run(
      `process.once("uncaughtException", (e) => console.log("caught", e.message));
       process.once("unhandledRejection", (e: any) => console.log("handled", e.message));
       void Promise.reject(new Error("rejected")); setTimeout(() => { throw new Error("thrown") }); ${pause} "alive"`,
    );
    expect(text).toBe("handled rejected\ncaught thrown\n'alive'");
  });

  test("that throw themselves end nothing", async () => {
    const { text } = await session.run(
      `process.once("uncaughtException", () => { throw new Error("in the listener") });
       setTimeout(() => { throw new Error("thrown") }); ${pause} "alive"`,
    );
    expect(text).toMatch(/Error: in the listener[\s\S]*'alive'/);
  });
});

test.each(["SIGCONT", "SIGWINCH", "SIGCHLD", "SIGURG", "SIGPIPE", "SIGUSR1"])(
  "the kernel may send itself a signal that ends no program: %s",
  async (signal) => {
    const byNumber = `require("node:os").constants.signals.${signal}`;
    await session.run(`process.kill(process.pid, "${signal}"); process.kill(process.pid, ${byNumber}); ${pause}`);
    expect((await session.run("1 + 1")).result).toBe("2");
  },
);

test("a listener for a signal is called", async () => {
  const { text } = await session.run(
    `process.once("SIGWINCH", () => console.log("called")); process.kill(process.pid, "SIGWINCH"); ${pause}`,
  );
  expect(text).toBe("called\n");
});

test("nothing of the kernel's is listed among the globals", async () => {
  const { result } = await session.run(
    "const names: string[] = []; for (const name in globalThis) names.push(name); names.filter((name) => /^_|loopbook|display|zod/i.test(name))",
  );
  expect(result).toBe("[]");
});
