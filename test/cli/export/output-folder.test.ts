// Where an export writes: inside its folder, whatever a notebook links to and whatever lies in the folder already.

import { existsSync, linkSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { exportCommand } from "../../../cli/export/command.ts";
import { markdown, Workplace } from "./notebooks.ts";

const KEPT = "the user's own";

let place: Workplace;
let said: string[];
beforeEach(() => {
  place = new Workplace();
  said = [];
  for (const method of ["log", "error"] as const)
    vi.spyOn(console, method).mockImplementation((...words) => void said.push(words.join(" ")));
  mkdirSync(join(place.folder, "nb"));
  place.file("nb/payload", "from the notebook");
  place.file(".bashrc", KEPT);
});
afterEach(() => {
  vi.restoreAllMocks();
  place[Symbol.dispose]();
});

const path = (...parts: string[]) => join(place.folder, ...parts);
const text = (...parts: string[]) => readFileSync(path(...parts), "utf8");

/** Exports a notebook with these links from `nb/` into `output`; returns the exit code. */
function exportLinks(links: readonly string[], output = "out"): Promise<number> {
  const source = links.map((link, index) => `[link ${index}](${link})`).join(" ");
  return exportCommand([place.notebook([markdown(source)], "nb/a.ipynb")], { output: path(output) });
}

describe("a linked file is copied to where it really lies in the notebook's folder", () => {
  test("not to where a symlink beside the folder has its name", async () => {
    symlinkSync("nb/payload", path(".profile"));
    expect(await exportLinks(["../.profile"])).toBe(0);
    expect(readdirSync(path("out")).toSorted()).toEqual(["a.html", "payload"]);
    expect(text("out", "a.html")).toContain('<a href="payload">link 0</a>');
    expect(lstatSync(path(".profile")).isSymbolicLink()).toBe(true);
  });

  test("not over a file beside the output folder that has the name of the link", async () => {
    mkdirSync(path("home"));
    mkdirSync(path("lessons"));
    place.file("home/.bashrc", KEPT);
    place.file("lessons/payload", "from the notebook");
    symlinkSync("lessons/payload", path(".zshrc"));
    place.file("home/.zshrc", KEPT);
    const notebook = place.notebook([markdown("[link](../.zshrc)")], "lessons/a.ipynb");
    expect(await exportCommand([notebook], { output: path("home", "out") })).toBe(0);
    expect(text("home", ".zshrc")).toBe(KEPT);
    expect(text("home", "out", "payload")).toBe("from the notebook");
  });

  test("through a folder of another name that leads into it", async () => {
    symlinkSync("nb", path("alias"));
    mkdirSync(path("nb", "data"));
    place.file("nb/data/table.csv", "1,2");
    symlinkSync("data", path("nb", "latest"));
    expect(await exportLinks(["../alias/payload", "latest/table.csv"])).toBe(0);
    expect(readdirSync(path("out"), { recursive: true }).toSorted()).toEqual([
      "a.html",
      "data",
      "data/table.csv",
      "payload",
    ]);
  });

  test.runIf(existsSync("/proc/self/cwd"))("through /proc/self/cwd", async () => {
    const before = process.cwd();
    process.chdir(path("nb"));
    try {
      expect(await exportLinks(["/proc/self/cwd/payload"], "deep/out")).toBe(0);
    } finally {
      process.chdir(before);
    }
    expect(readdirSync(path("deep"), { recursive: true }).toSorted()).toEqual(["out", "out/a.html", "out/payload"]);
  });

  test("into an output folder that is a symlink", async () => {
    mkdirSync(path("www"));
    symlinkSync("www", path("out"));
    expect(await exportLinks(["payload"])).toBe(0);
    expect(readdirSync(path("www")).toSorted()).toEqual(["a.html", "payload"]);
  });

  test("and not over itself, by whatever name the output folder is the notebook's own", async () => {
    symlinkSync("nb", path("out"));
    expect(await exportLinks(["payload"])).toBe(0);
    expect(text("nb", "payload")).toBe("from the notebook");
  });
});

describe("a link that leads nowhere or out of the folder is text", () => {
  test.for([
    ["dangling", "dangling"],
    ["a circle", "circle"],
    ["out", "out"],
    ["into a hidden folder", "inside"],
    ["a folder", "."],
    ["with a zero byte", "payload%00"],
  ])("%s", async ([, link = ""]) => {
    symlinkSync("nowhere", path("nb", "dangling"));
    symlinkSync("circle", path("nb", "circle"));
    symlinkSync("../.bashrc", path("nb", "out"));
    mkdirSync(path("nb", ".git"));
    place.file("nb/.git/config", "secret");
    symlinkSync(".git/config", path("nb", "inside"));
    expect(await exportLinks([link])).toBe(0);
    expect(text("out", "a.html")).toContain('<span class="unlinked"');
    expect(readdirSync(path("out"))).toEqual(["a.html"]);
  });
});

describe("no two files of an export take one place", () => {
  test("a linked file does not become a page, in any case of its letters", async () => {
    place.file("nb/A.html", "payload");
    place.file("nb/a.html", "payload");
    expect(await exportLinks(["A.html", "a.html"])).toBe(0);
    expect(readdirSync(path("out"))).toEqual(["a.html"]);
    expect(text("out", "a.html")).toContain('<span class="unlinked"');
  });

  test("nor the page of contents", async () => {
    place.file("nb/index.html", "payload");
    const notebooks = ["a", "b"].map((name) => place.notebook([markdown("[x](index.html)")], `nb/${name}.ipynb`));
    expect(await exportCommand(notebooks, { output: path("out") })).toBe(0);
    expect(text("out", "index.html")).toContain("<h1>Notebooks</h1>");
  });

  test("nor the folder of a page or of another file", async () => {
    mkdirSync(path("other", "payload"), { recursive: true });
    place.file("other/payload/x", "1");
    mkdirSync(path("other", "a.html"), { recursive: true });
    place.file("other/a.html/x", "1");
    const notebooks = [
      place.notebook([markdown("[x](payload)")], "nb/a.ipynb"),
      place.notebook([markdown("[x](payload/x) [y](a.html/x)")], "other/b.ipynb"),
    ];
    expect(await exportCommand(notebooks, { output: path("out") })).toBe(0);
    expect(readdirSync(path("out")).toSorted()).toEqual(["a.html", "b.html", "index.html", "payload"]);
  });
});

describe("what lies in the output folder already", () => {
  beforeEach(() => mkdirSync(path("out")));

  test("a symlink in the place of a page or a file is replaced, and what it points to is not touched", async () => {
    symlinkSync("../.bashrc", path("out", "a.html"));
    symlinkSync("../made-by-a-dangling-link", path("out", "payload"));
    expect(await exportLinks(["payload"])).toBe(0);
    expect(text(".bashrc")).toBe(KEPT);
    expect(existsSync(path("made-by-a-dangling-link"))).toBe(false);
    expect(text("out", "payload")).toBe("from the notebook");
  });

  test("so is a second name of a file elsewhere", async () => {
    linkSync(path(".bashrc"), path("out", "a.html"));
    expect(await exportLinks([])).toBe(0);
    expect(text(".bashrc")).toBe(KEPT);
  });

  test.for(["..", "../nb", "nowhere", "."])("a folder that is a symlink to %s is not followed", async (leads) => {
    mkdirSync(path("nb", "data"));
    place.file("nb/data/table.csv", "1,2");
    symlinkSync(leads, path("out", "data"));
    expect(await exportLinks(["data/table.csv"])).toBe(1);
    expect(said.join("\n")).toContain(`${path("out", "data")} is a symbolic link`);
    expect(existsSync(path("table.csv"))).toBe(false);
    expect(existsSync(path("out", "table.csv"))).toBe(false);
  });

  test("a folder in the place of a page is exit code 1 with the reason, and nothing else is left there", async () => {
    mkdirSync(path("out", "a.html"));
    expect(await exportLinks([])).toBe(1);
    expect(said.join("\n")).toContain(`Cannot write ${path("out", "a.html")}: it is a folder`);
    expect(readdirSync(path("out"))).toEqual(["a.html"]);
  });
});
