import { blockingSleep, createTask, gather, run, sleep, trace } from "loopbook";
import { VirtualClock } from "loopbook/testing";
import { describe, expect, test } from "vitest";
import { kitchen } from "../../notebooks/kitchen.ts";
import { checkXml } from "../xml.ts";

/** In turn: seconds of work by hand, seconds of cooking, … */
type Recipe = number[];

async function cook(recipe: Recipe): Promise<void> {
  for (const [step, seconds] of recipe.entries()) {
    if (step % 2 === 0) blockingSleep(seconds);
    else await sleep(seconds);
  }
}

/** The picture of an evening in which all dishes are begun at once, as text and as SVG. */
async function evening(dishes: { [name: string]: Recipe }): Promise<{ text: string; svg: string }> {
  const tasks = () => Object.entries(dishes).map(([name, recipe]) => createTask(() => cook(recipe), { name }));
  const { timeline } = await run(() => trace(() => gather(...tasks())), { clock: new VirtualClock() });
  const picture = kitchen(timeline) as { [key: symbol]: () => { [type: string]: string } };
  const { "text/plain": text = "", "image/svg+xml": svg = "" } = picture[Symbol.for("Jupyter.display")]?.() ?? {};
  return { text, svg };
}

const story = (svg: string): string => /<desc[^>]*>(.*?)<\/desc>/.exec(svg)?.[1] ?? "";

describe("the picture of the kitchen", () => {
  test("has a line for each dish: what the chef does by hand, and what cooks by itself", async () => {
    const { text } = await evening({ roast: [0.2, 0.5, 0.1], salad: [0.1] });
    expect(text.split("\n")).toEqual([
      "          0s          0.8s",
      "roast     ████░░░░░░░░░░██",
      "salad         ██",
      "█ in the chef's hands   ░ cooks by itself",
    ]);
  });

  test("tells the chef's way in words too, for those who do not see it", async () => {
    const { svg } = await evening({ roast: [0.2, 0.5, 0.1], salad: [0.1] });
    expect(story(svg)).toBe(
      "Where the chef is: 0.0s to 0.2s: roast; 0.2s to 0.3s: salad; 0.3s to 0.7s: free; 0.7s to 0.8s: roast.",
    );
  });

  test("a dish that waits for the chef neither is worked on nor cooks", async () => {
    const { text } = await evening({ first: [0.5], second: [0.1, 0.2, 0.1] });
    expect(text).toContain("second              ██░░░░██");
  });

  test("work that goes on is one visit of the chef, however it is cut", async () => {
    const { svg } = await evening({ soup: [0.1, 0, 0.1, 0, 0.1] });
    expect(story(svg)).toBe("Where the chef is: 0.0s to 0.3s: soup.");
  });

  test("is well-formed, whatever the dishes are called", async () => {
    const { svg, text } = await evening({ 'Fish & "chips" <large>': [0.1] });
    expect(checkXml(svg)[0]).toBe("svg");
    expect(svg).toContain("Fish &amp; &quot;chips&quot; &lt;large&gt;");
    expect(text).toContain('Fish & "chips" <large>');
  });

  test("is named and described for screen readers", async () => {
    const { svg } = await evening({ soup: [0.1], salad: [0.1] });
    const [, title, description] = /aria-labelledby="(\S+) (\S+)"/.exec(svg) ?? [];
    expect(svg).toContain('role="img"');
    expect(svg).toContain(`<title id="${title}">One chef, 2 dishes</title>`);
    expect(svg).toContain(`<desc id="${description}">`);
  });

  test("is the same for the same evening, and its styles are its own where two stand on a page", async () => {
    const idOf = (svg: string) => /<svg[^>]* id="([^"]+)"/.exec(svg)?.[1] ?? "";
    const [one, again, other] = await Promise.all([
      evening({ soup: [0.1] }),
      evening({ soup: [0.1] }),
      evening({ salad: [0.1] }),
    ]);
    expect(again.svg).toBe(one.svg);
    expect(idOf(other.svg)).not.toBe(idOf(one.svg));
    expect(idOf((await evening({ soup: [0.2] })).svg)).toBe(idOf(one.svg));
    const [, style = ""] = /<style>(.*?)<\/style>/s.exec(one.svg) ?? [];
    for (const [, selector = ""] of style.matchAll(/(?:^|[{}])([^{}@]+)\{/g))
      expect(selector).toMatch(new RegExp(`^#${idOf(one.svg)} `));
  });
});
