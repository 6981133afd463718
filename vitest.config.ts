import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: ["test/jupyter/**", "test/cli/export/browser.test.ts"],
          globalSetup: ["test/temporary-folder.ts", "test/build.ts"],
          pool: "forks",
          testTimeout: 10_000,
        },
      },
      {
        test: {
          // A real browser: slow.
          name: "browser",
          include: ["test/cli/export/browser.test.ts"],
          globalSetup: "test/temporary-folder.ts",
          pool: "forks",
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          // The real clients: slow, and measured, so one after another and after the others.
          name: "jupyter",
          include: ["test/jupyter/**/*.test.ts"],
          globalSetup: ["test/temporary-folder.ts", "test/build.ts", "test/jupyter/global-setup.ts"],
          pool: "forks",
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
