// Jupyter itself: found by its command, with the versions that it reports.

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { advice, type Finding, ok } from "./finding.ts";

const COMMANDS = [
  ["jupyter", "--version"],
  ["python3", "-m", "jupyter", "--version"],
] as const;

/** Of all that `jupyter --version` lists, what runs notebooks. */
const INTERESTING = ["jupyterlab", "notebook", "nbclient", "jupyter_client", "jupyter_core"];

export async function checkJupyter(): Promise<Finding[]> {
  const versions = await jupyterVersions();
  if (!versions)
    return [
      advice("Jupyter", "not found on the PATH", "`pip install jupyterlab`, or switch on the environment it is in"),
    ];
  const found = INTERESTING.filter((name) => versions.has(name)).map((name) => `${name} ${versions.get(name)}`);
  if (!versions.has("jupyterlab"))
    return [advice("Jupyter", `found (${found.join(", ")}), but no JupyterLab`, "`pip install jupyterlab`")];
  return [ok("Jupyter", found.join(", "))];
}

async function jupyterVersions(): Promise<Map<string, string> | undefined> {
  for (const [command, ...words] of COMMANDS) {
    try {
      const { stdout } = await promisify(execFile)(command, words, { timeout: 60_000 });
      return readVersions(stdout);
    } catch {
      // Not this way: try the next.
    }
  }
  return undefined;
}

/** Lines like `jupyterlab       : 4.6.6`; what is missing is listed as "not installed". */
function readVersions(text: string): Map<string, string> {
  const found = text.matchAll(/^(\S+)\s*: (\d\S*)$/gm);
  return new Map(Array.from(found, ([, name = "", version = ""]) => [name, version]));
}
