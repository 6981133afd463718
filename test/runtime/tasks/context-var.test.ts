import { expect, test } from "vitest";
import { ContextVar, coroutine, createTask, sleep } from "../../../runtime/index.ts";
import { virtually } from "../virtually.ts";

test("a context variable is a task's own and shared by the coroutines that it awaits", () =>
  virtually(async () => {
    const user = new ContextVar<string>("user", { default: "nobody" });
    user.set("Ada");
    const set = coroutine(async (name: string) => {
      await sleep(0);
      user.set(name);
    });
    const task = createTask(async () => {
      const inherited = user.get();
      await set("Grace");
      return [inherited, user.get()];
    });
    expect(await task).toEqual(["Ada", "Grace"]);
    const token = user.set("Alan");
    user.reset(token);
    expect(user.get()).toBe("Ada");
  }));
