import { describe, expect, test } from "vitest";
import { blockingSleep, createTask, gather, sleep, trace } from "../../../runtime/index.ts";
import { Timeline } from "../../../runtime/observe/timeline.ts";
import { VirtualClock } from "../../../runtime/testing.ts";
import { checkXml } from "../../xml.ts";

const NASTY = `<script>alert("1 & 2")</script>' ]]> \u0000\u001b\ud800 é 💥`;

async function sample(name = "b"): Promise<Timeline> {
  const main = async function main() {
    const second = async () => {
      await sleep(1);
      blockingSleep(0.5);
    };
    await gather(createTask(sleep(2), { name: "a" }), createTask(second, { name }));
  };
  return (await trace(main, { clock: new VirtualClock() })).timeline;
}

const display = (timeline: Timeline) =>
  (Reflect.get(timeline, Symbol.for("Jupyter.display")) as () => Record<string, string>).call(timeline);

describe("a timeline as text", () => {
  test("is a line of blocks for each task, a legend and the speed-up", async () => {
    expect((await sample()).toString(20)).toBe(
      [
        "      0s             2.00s",
        "main  ····················  2.00s",
        "a     ░░░░░░░░░░░░░░░░░░░░  2.00s",
        "b     ░░░░░░░░░░▓▓▓▓▓       1.50s",
        "▓ blocks the loop   ░ waits   · waits for tasks",
        "2.00s instead of 3.50s one after another: 1.8 times as fast",
      ].join("\n"),
    );
  });

  test("shows at most a hundred tasks, and an empty one is no error", async () => {
    const { timeline } = await trace(() => gather(...Array.from({ length: 200 }, () => sleep(1))), {
      clock: new VirtualClock(),
    });
    expect(timeline.toString()).toContain("… and 101 more tasks");
    expect(timeline.toSVG()).toContain("101 more tasks are not drawn");
    const empty = new Timeline([], 0);
    expect(empty.speedup).toBe(1);
    checkXml(empty.toSVG());
  });
});

describe("a timeline as a picture", () => {
  test("is a well-formed document with a name and a description for screen readers", async () => {
    const svg = (await sample()).toSVG();
    const names = checkXml(svg);
    expect(names[0]).toBe("svg");
    const ids = /role="img" aria-labelledby="(\S+) (\S+)"/.exec(svg);
    expect(svg).toContain(`<title id="${ids?.[1]}">Timeline of 3 tasks</title>`);
    expect(svg).toContain(`<desc id="${ids?.[2]}">2.00s instead of 3.50s one after another`);
    expect(svg).toContain("b: finished after 1.50s; 0.00s running, 1.00s waiting, 0.50s blocking the loop");
  });

  test("escapes names, and leaves out characters that XML does not allow", async () => {
    const svg = (await sample(NASTY)).toSVG();
    checkXml(svg);
    expect(svg).not.toContain("<script");
    expect(svg).toContain(
      "&lt;script&gt;alert(&quot;1 &amp; 2&quot;)&lt;/script&gt;&#39; ]]&gt; \ufffd\ufffd\ufffd é 💥",
    );
  });

  test("leaves as much room for names as the longest takes, and cuts one that is too long", async () => {
    const firstBar = async (name: string) =>
      Number(/<rect class="(?:run|wait|tasks|block)" x="([\d.]+)"/.exec((await sample(name)).toSVG())?.[1]);
    const [short, long, longer] = [await firstBar("b"), await firstBar("downloading"), await firstBar("x".repeat(100))];
    expect(long).toBeGreaterThan(short);
    expect(longer).toBeGreaterThan(long);
    expect(longer).toBeLessThan(200);
  });

  test("text has a contrast of 7:1 on light and dark screens, bars of 3:1", async () => {
    const svg = (await sample()).toSVG();
    const [light = "", dark = ""] = svg.split("@media (prefers-color-scheme:dark)");
    for (const css of [light, dark]) {
      const color = (part: string) => new RegExp(`${part}\\{fill:(#[0-9a-f]+)`).exec(css)?.[1] ?? "";
      expect(contrast(color(" text"), color(".back"))).toBeGreaterThan(7);
      for (const bar of [".run", ".wait", ".tasks", ".block"]) {
        expect(contrast(color(bar), color(".back"))).toBeGreaterThan(3);
      }
    }
  });

  test("its styles do not reach other pictures on the page; the same timeline is the same picture", async () => {
    const [one, again, other] = [await sample(), await sample(), await sample("c")].map((timeline) => timeline.toSVG());
    expect(one).toBe(again);
    const id = /id="(loopbook-[0-9a-f]+)"/.exec(one ?? "")?.[1] ?? "";
    expect(other).not.toContain(id);
    const css = /<style>(.*)<\/style>/.exec(one ?? "")?.[1] ?? "";
    for (const rule of css.match(/[^{}]+(?=\{[^{}]*\})/g) ?? []) expect(rule).toContain(`#${id} `);
  });

  test("has the same name each time that the same program runs, whatever the times", async () => {
    const named = async (seconds: number) => {
      const { timeline } = await trace(() => sleep(seconds), { clock: new VirtualClock() });
      return /<svg[^>]* id="([^"]+)"/.exec(timeline.toSVG())?.[1];
    };
    expect(await named(1.01)).toBe(await named(1.02));
  });

  test("stays small for a task with many turns", async () => {
    const main = async () => {
      for (let i = 0; i < 5000; i++) await sleep(0.001);
    };
    const { timeline } = await trace(main, { clock: new VirtualClock() });
    expect(timeline.tasks[0]?.intervals.length).toBe(5000);
    expect(timeline.toSVG().length).toBeLessThan(10_000);
  });

  test("is what a cell shows, beside the text", async () => {
    const timeline = await sample();
    expect(display(timeline)).toEqual({ "text/plain": timeline.toString(), "image/svg+xml": timeline.toSVG() });
  });
});

describe("a timeline for Perfetto", () => {
  test("has a thread for each task and a complete event for each interval, in microseconds", async () => {
    const { traceEvents } = JSON.parse((await sample(NASTY)).toChromeTrace()) as { traceEvents: ChromeEvent[] };
    const threads = traceEvents.filter(({ name }) => name === "thread_name").map(({ args }) => args.name);
    expect(threads).toEqual(["main", "a", NASTY]);
    expect(traceEvents.filter(({ ph, tid }) => ph === "X" && tid === 3)).toMatchObject([
      { name: "waiting: sleep", cat: "waiting", ts: 0, dur: 1e6, args: { parent: "main", awaitedBy: ["main"] } },
      { name: "blocked", cat: "blocked", ts: 1e6, dur: 5e5 },
    ]);
  });
});

interface ChromeEvent {
  ph: string;
  tid: number;
  name: string;
  args: { name?: string };
}

/** The contrast of two colours, as WCAG 2 has it. */
function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

function luminance(color: string): number {
  const hex = color.length === 4 ? color.replace(/[0-9a-f]/g, "$&$&") : color;
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
