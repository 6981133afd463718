// The picture of lesson 4: one chef, several dishes. Each task of a trace is a dish; the chef is the thread.

import { createHash } from "node:crypto";
import type { Timeline } from "loopbook";
import { escapeMarkup } from "./markup.ts";

interface Stretch {
  from: number;
  to: number;
}

interface Dish {
  name: string;
  /** The chef has it in hand: its code has the thread. */
  worked: Stretch[];
  /** It cooks by itself: its code waits for time or the outside. */
  cooked: Stretch[];
}

/** To a twentieth of a second: what a timer is late is not the point, and would differ from run to run. */
const rounded = (seconds: number): number => Math.round(seconds * 20) / 20;

/** Joins what touches, and drops what is too short to be seen. */
function join(stretches: readonly Stretch[]): Stretch[] {
  const joined: Stretch[] = [];
  for (const { from, to } of stretches) {
    const last = joined.at(-1);
    if (last?.to === from) last.to = to;
    else if (to > from) joined.push({ from, to });
  }
  return joined.filter(({ from, to }) => to > from);
}

/** The tasks but for the first, which is the one that was traced and only waits for the others. */
function dishesOf({ tasks }: Timeline): Dish[] {
  return tasks.slice(1).map(({ name, intervals }) => {
    const stretches = intervals.map(({ kind, start, end, outside }) => {
      return { from: rounded(start), to: rounded(end), hands: kind !== "waiting", outside };
    });
    return {
      name,
      worked: join(stretches.filter(({ hands }) => hands)),
      cooked: join(stretches.filter(({ hands, outside }) => !hands && outside)),
    };
  });
}

/** Where the chef is at each time: at a dish (its number), or free (-1). */
function chefsWay(dishes: readonly Dish[]): (Stretch & { at: number })[] {
  const visits = dishes
    .flatMap(({ worked }, at) => worked.map((stretch) => ({ ...stretch, at })))
    .toSorted((a, b) => a.from - b.from);
  const way: (Stretch & { at: number })[] = [];
  let now = 0;
  for (const visit of visits) {
    if (visit.from > now) way.push({ from: now, to: visit.from, at: -1 });
    way.push(visit);
    now = visit.to;
  }
  return way;
}

const seconds = (value: number): string => `${value.toFixed(2).replace(/0$/, "")}s`;

/** A chart of characters, twenty for a second. */
function text(dishes: readonly Dish[], duration: number): string {
  const column = Math.max(8, ...dishes.map(({ name }) => name.length)) + 2;
  const lines = dishes.map(({ name, worked, cooked }) => {
    const within = (stretches: Stretch[], time: number) => stretches.some(({ from, to }) => from < time && time < to);
    const marks = Array.from({ length: Math.round(duration * 20) }, (_, index) => {
      const middle = (index + 0.5) / 20;
      return within(worked, middle) ? "█" : within(cooked, middle) ? "░" : " ";
    });
    return `${name.padEnd(column)}${marks.join("")}`.trimEnd();
  });
  const end = seconds(duration);
  return [
    `${" ".repeat(column)}0s${end.padStart(Math.round(duration * 20) - 2)}`,
    ...lines,
    "█ in the chef's hands   ░ cooks by itself",
  ].join("\n");
}

const WIDTH = 760;
const LEFT = 120;
const TOP = 40;
const ROW = 44;

/** Of a colour-blind-safe set; each stands out from its background by 3:1, text by 7:1. */
const light = { back: "#fff", text: "#1f2328", dish: ["#b35900", "#0a7a5e", "#7b3fa0", "#a3195b", "#2b5fb3"] };
const dark = { back: "#0d1117", text: "#e6edf3", dish: ["#ff9d3d", "#35c79b", "#c792ea", "#ff7eb0", "#79aaff"] };

const rules = (id: string, { back, text, dish }: typeof light): string =>
  `#${id} .back{fill:${back}}#${id} text{fill:${text}}#${id} .grid{stroke:${text};opacity:.15}` +
  `#${id} .way{fill:none;stroke:${text};stroke-width:2.5;stroke-linejoin:round}#${id} .chef{fill:${text}}` +
  dish.map((colour, n) => `#${id} .dish${n}{fill:${colour}}`).join("");

function svg(dishes: readonly Dish[], duration: number): string {
  const x = (time: number) => Math.round(LEFT + (time / duration) * (WIDTH - LEFT - 30));
  const y = (row: number) => TOP + (row < 0 ? dishes.length : row) * ROW + ROW / 2;
  const height = TOP + (dishes.length + 1) * ROW + 44;
  const way = chefsWay(dishes);

  const lines = Array.from({ length: Math.floor(duration / 0.5 + 1e-9) + 1 }, (_, n) => {
    const at = x(n * 0.5);
    return (
      `<line class="grid" x1="${at}" y1="${TOP - 8}" x2="${at}" y2="${y(-1) + ROW / 2}"/>` +
      `<text x="${at}" y="${TOP - 16}" text-anchor="middle">${seconds(n * 0.5)}</text>`
    );
  });
  // The end has a label of its own where it is not too near to the last one.
  if (x(duration) - x(Math.floor(duration / 0.5 + 1e-9) * 0.5) > 45)
    lines.push(`<text x="${x(duration)}" y="${TOP - 16}" text-anchor="middle">${seconds(duration)}</text>`);
  const label = (row: number, name: string) =>
    `<text x="${LEFT - 14}" y="${y(row) + 4}" text-anchor="end">${escapeMarkup(name)}</text>`;
  const bar = ({ from, to }: Stretch, row: number, kind: string, thick: number) =>
    `<rect class="${kind}" x="${x(from)}" y="${y(row) - thick / 2}" width="${x(to) - x(from)}" height="${thick}" rx="3"/>`;
  const rows = dishes.map(({ name, worked, cooked }, row) => {
    const colour = `dish${row % light.dish.length}`;
    return (
      label(row, name) +
      cooked.map((stretch) => bar(stretch, row, `${colour} cooks`, 12)).join("") +
      worked.map((stretch) => bar(stretch, row, colour, 30)).join("")
    );
  });
  // Above the blocks while the chef works, so that it can be followed across any colour.
  const level = (at: number) => (at < 0 ? y(-1) : y(at) - 19);
  const path = way.map(({ from, to, at }, n) => `${n === 0 ? "M" : "L"}${x(from)} ${level(at)}L${x(to)} ${level(at)}`);
  const end = way.at(-1);
  const dots = [
    way[0] && `<circle class="chef" cx="${x(way[0].from)}" cy="${level(way[0].at)}" r="5"/>`,
    end && `<circle class="chef" cx="${x(end.to)}" cy="${level(end.at)}" r="5"/>`,
  ];
  const under = height - 16;
  const legend =
    `<rect class="dish0" x="${LEFT}" y="${under - 13}" width="22" height="16" rx="3"/><text x="${LEFT + 30}" y="${under}">in the chef's hands</text>` +
    `<rect class="dish0 cooks" x="${LEFT + 190}" y="${under - 11}" width="22" height="12" rx="3"/><text x="${LEFT + 220}" y="${under}">cooks by itself</text>` +
    `<path class="way" d="M${LEFT + 350} ${under - 5}h22"/><text x="${LEFT + 380}" y="${under}">the chef's way</text>`;
  const story = way.map(
    ({ from, to, at }) => `${seconds(from)} to ${seconds(to)}: ${at < 0 ? "free" : dishes[at]?.name}`,
  );
  const content =
    `<rect class="back" width="${WIDTH}" height="${height}"/>${lines.join("")}${rows.join("")}${label(-1, "chef is free")}` +
    `<path class="way" d="${path.join("")}"/>${dots.join("")}${legend}`;

  // All of the picture but its times: the same each time that the same program runs.
  const name = [...dishes.map((dish) => dish.name), ...way.map(({ at }) => at)].join("\n");
  const id = `kitchen-${createHash("sha256").update(name).digest("hex").slice(0, 12)}`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" id="${id}" role="img" aria-labelledby="${id}-title ${id}-desc" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}">` +
    `<title id="${id}-title">One chef, ${dishes.length} dishes</title>` +
    `<desc id="${id}-desc">Where the chef is: ${escapeMarkup(story.join("; "))}.</desc>` +
    `<style>#${id} text{font:13px system-ui,sans-serif}#${id} .cooks{opacity:.75}${rules(id, light)}` +
    `@media (prefers-color-scheme:dark){${rules(id, dark)}}</style>${content}</svg>`
  );
}

/**
 * A trace as a picture of a kitchen, for a cell to show.
 *
 * @example
 * const { timeline } = await trace(() => gather(createTask(soup(), { name: "soup" })));
 * kitchen(timeline);
 */
export function kitchen(timeline: Timeline): object {
  const dishes = dishesOf(timeline);
  const duration = rounded(timeline.duration);
  return {
    [Symbol.for("Jupyter.display")]: () => ({
      "text/plain": text(dishes, duration),
      "image/svg+xml": svg(dishes, duration),
    }),
  };
}
