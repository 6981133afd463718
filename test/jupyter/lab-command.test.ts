// `npm run lab`, as far as one can see without a browser.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import * as z from "zod";
import { ARTIFACTS, describeWithClients, runScript } from "./clients.ts";

const spec = z.object({ argv: z.array(z.string()) });

describeWithClients("npm run lab", () => {
  const kernelWords = (): string[] =>
    spec.parse(JSON.parse(readFileSync(join(ARTIFACTS, "lab/share/jupyter/kernels/loopbook/kernel.json"), "utf8")))
      .argv;

  test("hands its words to JupyterLab, but --no-install to the kernel", async () => {
    const { code, stdout } = await runScript("cli/lab/lab.js", ["--no-install", "--version"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\d+\.\d+/);
    expect(kernelWords()).toContain("--no-install");
  });

  test("leaves the kernel free to install, unless it is told so", async () => {
    expect(await runScript("cli/lab/lab.js", ["--version"])).toMatchObject({ code: 0 });
    expect(kernelWords()).not.toContain("--no-install");
  });
});
