// The exported pages in a real browser: accessible, alone with themselves, and of use without scripts.

import { globSync, mkdirSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import * as z from "zod";
import { exportCommand } from "../../../cli/export/command.ts";
import { CHROMIUM_FLAGS, findChromium } from "../../chromium.ts";
import { everyOutput, HOSTILE_HTML } from "./every-output.ts";
import { markdown, shows, Workplace } from "./notebooks.ts";

const ARTIFACTS = resolve("test-artifacts/export");
const DEVICES = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } };
const LESSONS = globSync("notebooks/*.ipynb").toSorted();
const PAGES = [...LESSONS.map((file) => basename(file, ".ipynb")), "every-output", "hostile", "index"];

const faults = z.array(
  z.object({ id: z.string(), impact: z.string().nullable(), nodes: z.array(z.object({ html: z.string() })) }),
);

const hostile = [
  markdown("# Hostile"),
  markdown(HOSTILE_HTML),
  shows({ "text/html": HOSTILE_HTML }),
  shows({ "image/svg+xml": HOSTILE_HTML }),
  shows({ "application/javascript": "document.title = 'owned'" }),
];

const executablePath = findChromium();
const place = new Workplace();
let browser: Browser;

describe.skipIf(executablePath === undefined)("exported pages", () => {
  beforeAll(async () => {
    mkdirSync(ARTIFACTS, { recursive: true });
    const files = [
      ...LESSONS,
      place.notebook(everyOutput, "every-output.ipynb"),
      place.notebook(hostile, "hostile.ipynb"),
    ];
    for (const stream of ["log", "error"] as const) vi.spyOn(console, stream).mockImplementation(() => {});
    expect(await exportCommand(files, { output: join(place.folder, "site"), title: "Five lessons" })).toBe(0);
    const trusted = place.notebook(hostile, "trusted.ipynb");
    expect(await exportCommand([trusted], { output: join(place.folder, "site"), trust: true })).toBe(0);
    browser = await chromium.launch({
      args: CHROMIUM_FLAGS,
      ...(executablePath === undefined ? {} : { executablePath }),
    });
  });

  afterAll(async () => {
    await browser.close();
    place[Symbol.dispose]();
  });

  const cases = PAGES.flatMap((name) =>
    (["light", "dark"] as const).flatMap((colorScheme) =>
      (["desktop", "phone"] as const).map((device) => ({ name, colorScheme, device })),
    ),
  );
  test.each(cases)(
    "$name, $colorScheme, $device: no serious fault, no request",
    async ({ name, colorScheme, device }) => {
      await using visit = await open(name, { colorScheme, viewport: DEVICES[device] });
      await visit.page.screenshot({ path: join(ARTIFACTS, `${name}-${colorScheme}-${device}.png`), fullPage: true });
      expect(await seriousFaults(visit.page)).toEqual([]);
      expect(visit.requests).toEqual([]);
      expect(await visit.page.title()).not.toBe("owned");
      const overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
      expect(await visit.page.evaluate(overflow)).toBe(0);
    },
  );

  test("the same hostile notebook, trusted, does ask: so the tests above would see it", async () => {
    await using visit = await open("trusted", {});
    expect(visit.requests).toContain("https://evil.example/pixel.png");
  });

  test("folded parts are accessible, too", async () => {
    await using visit = await open("04-tasks-and-timeouts", { colorScheme: "dark" });
    await visit.page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true");
    expect(await seriousFaults(visit.page)).toEqual([]);
  });

  test("a page is of use without scripts", async () => {
    await using visit = await open("every-output", { javaScriptEnabled: false });
    const { page } = visit;
    await page.screenshot({ path: join(ARTIFACTS, "every-output-no-scripts.png"), fullPage: true });
    expect(await page.locator("button").count()).toBe(0);
    const answers = page.locator("details.quiz");
    await answers.locator("summary").click();
    expect(await answers.locator("p").last().isVisible()).toBe(true);
    await page.locator("summary", { hasText: "Solution" }).click();
    expect(await page.getByText("const solution").isVisible()).toBe(true);
    expect(await page.getByRole("navigation", { name: "On this page" }).getByRole("link").first().isVisible()).toBe(
      true,
    );
  });

  test("pictures are drawn, those with a style sheet in the theme of the page", async () => {
    await using visit = await open("every-output", { colorScheme: "light" });
    const widths = await visit.page
      .locator("main img")
      .evaluateAll((images) => images.map((image) => Reflect.get(image, "naturalWidth")));
    expect(widths).toEqual([700, 1]);
  });

  test("code that is wider than a phone fades out where there is more of it", async () => {
    await using visit = await open("01-the-basics", { viewport: DEVICES.phone });
    const fade = async (where: string, scrolled: number) => {
      const pre = `document.querySelector("#cell-calls-at-once ${where}")`;
      await visit.page.evaluate(`${pre}.scrollLeft = ${scrolled}`);
      await visit.page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
      return Number.parseFloat(await visit.page.evaluate(`getComputedStyle(${pre}).getPropertyValue("--fade")`));
    };
    expect(await fade(".input pre", 0)).toBeGreaterThan(30);
    expect(await fade(".input pre", 10_000)).toBeLessThan(1);
    expect(await fade(".outputs pre", 0), "it is narrow").toBe(0);
  });

  test("the theme can be chosen, and the choice is kept", async () => {
    await using visit = await open("every-output", { colorScheme: "light" });
    const { page } = visit;
    const ground = () => page.evaluate("getComputedStyle(document.body).backgroundColor");
    expect(await ground()).toBe("rgb(255, 255, 255)");
    await page.getByRole("button", { name: "Dark theme" }).click();
    expect(await ground()).toBe("rgb(13, 17, 23)");
    await page.reload();
    expect(await ground()).toBe("rgb(13, 17, 23)");
    expect(await seriousFaults(page)).toEqual([]);
  });

  test("a quiz takes an answer and says why", async () => {
    await using visit = await open("every-output", {});
    const { page } = visit;
    const answers = page.getByRole("group", { name: "Your answer" });
    await answers.getByRole("button", { name: "a" }).click();
    expect(await page.getByRole("status").textContent()).toBe("a is wrong. That is the grass.");
    await answers.getByRole("button", { name: "b" }).click();
    expect(await page.getByRole("status").textContent()).toBe("b is right. It scatters most.");
    expect(await seriousFaults(page)).toEqual([]);
  });

  test("code can be copied", async () => {
    await using visit = await open("every-output", { permissions: ["clipboard-read", "clipboard-write"] });
    const { page } = visit;
    await page.locator(".input").first().hover();
    await page.getByRole("button", { name: "Copy" }).first().click();
    await page.getByRole("button", { name: "Copied" }).waitFor();
    expect(await page.evaluate("navigator.clipboard.readText()")).toMatch(/^const t = await timed/);
  });
});

interface Visit extends AsyncDisposable {
  page: Page;
  /** Everything that was asked for but the page itself and what it carries. */
  requests: string[];
}

async function open(name: string, options: BrowserContextOptions): Promise<Visit> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const url = pathToFileURL(join(place.folder, "site", `${name}.html`)).href;
  const requests: string[] = [];
  page.on("request", (request) => {
    if (request.url() !== url && !request.url().startsWith("data:")) requests.push(request.url());
  });
  // Nothing needs the network, not even to find out that nothing needs it.
  await context.route(/^https?:/, (route) => route.abort());
  await page.goto(url, { waitUntil: "domcontentloaded" });
  return { page, requests, [Symbol.asyncDispose]: () => context.close() };
}

/** What axe finds that keeps people from reading. */
async function seriousFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = faults.parse(await page.evaluate("axe.run().then(({ violations }) => violations)"));
  return found
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
