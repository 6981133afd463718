import { escapeMarkup } from "./markup.ts";
import { type TaskInfo, waitText } from "./task-info.ts";
import { taskLabel } from "./task-label.ts";

const columns = ["Task", "State", "Age", "Waits for", "Awaited by"];

function row(info: TaskInfo): string {
  const { coroutine, state, age, awaitedBy, current, depth } = info;
  const title = escapeMarkup(`${coroutine}()`);
  const indent = `text-align:left;font-weight:${current ? "bold" : "normal"};padding-left:${0.5 + depth * 1.5}em`;
  const cells = [
    current ? `${state} (here)` : state,
    age === null ? "" : `${age.toFixed(2)}s`,
    waitText(info),
    awaitedBy.map((task) => task.name).join(", "),
  ];
  return (
    `<tr${current ? ' aria-current="true"' : ""}>` +
    `<th scope="row" title="${title}" style="${indent}">${depth > 0 ? "└ " : ""}${escapeMarkup(taskLabel(info))}</th>` +
    `${cells.map((cell) => `<td style="text-align:left">${escapeMarkup(cell)}</td>`).join("")}</tr>`
  );
}

/** The tree of tasks as a table, in the colours of the page that shows it. */
export function taskTreeHtml(tasks: readonly TaskInfo[], rows: number): string {
  if (tasks.length === 0) return "<p>no tasks</p>";
  const head = columns.map((column) => `<th scope="col" style="text-align:left">${column}</th>`).join("");
  const shown = tasks.length > rows ? `, of which ${rows} are shown` : "";
  const caption = `${tasks.length} ${tasks.length === 1 ? "task" : "tasks"}${shown}`;
  const body = tasks.slice(0, rows).map(row).join("");
  return `<table><caption>${caption}</caption><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`;
}
