// Jupyter's folders, as jupyter_core finds them.

import { expect, test } from "vitest";
import { jupyterPath, prefixDataDir, userDataDir } from "../../../cli/install/jupyter-paths.js";

const machine = (platform: NodeJS.Platform, env: { [name: string]: string } = {}) => ({
  platform,
  env,
  home: "/home/me",
});

test("JUPYTER_DATA_DIR wins everywhere", () => {
  for (const platform of ["linux", "darwin", "win32"] as const)
    expect(userDataDir(machine(platform, { JUPYTER_DATA_DIR: "/data" }))).toBe("/data");
});

test("Linux: XDG_DATA_HOME, else ~/.local/share", () => {
  expect(userDataDir(machine("linux", { XDG_DATA_HOME: "/xdg" }))).toBe("/xdg/jupyter");
  expect(userDataDir(machine("linux"))).toBe("/home/me/.local/share/jupyter");
});

test("macOS: ~/Library/Jupyter, or what JUPYTER_PLATFORM_DIRS asks for", () => {
  expect(userDataDir(machine("darwin"))).toBe("/home/me/Library/Jupyter");
  expect(userDataDir(machine("darwin", { JUPYTER_PLATFORM_DIRS: "1" }))).toBe(
    "/home/me/Library/Application Support/Jupyter",
  );
});

test("Windows: APPDATA, else the configuration folder", () => {
  expect(userDataDir(machine("win32", { APPDATA: "/appdata" }))).toBe("/appdata/jupyter");
  expect(userDataDir(machine("win32"))).toBe("/home/me/.jupyter/data");
});

test("the path starts with JUPYTER_PATH, then the user's folder, the environment's, and the system's", () => {
  const env = { JUPYTER_PATH: "/first:/second", VIRTUAL_ENV: "/venv" };
  expect(jupyterPath(machine("linux", env))).toEqual([
    "/first",
    "/second",
    "/home/me/.local/share/jupyter",
    prefixDataDir("/venv"),
    "/usr/local/share/jupyter",
    "/usr/share/jupyter",
  ]);
});
