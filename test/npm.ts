// A program of ours as the npm of the PATH. What it fetches is made on the spot: `slow` takes for ever, `later` two seconds.

import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

const NPM = `#!/usr/bin/env node
const fs = require("node:fs");
const target = process.argv.find((argument) => argument.includes("@npm:"));
const [alias, name] = target.split("@npm:");
const install = () => {
  fs.mkdirSync("node_modules/" + alias, { recursive: true });
  const exports = { ".": "./index.js", "./index.js": "./index.js" };
  const manifest = { name: alias, type: "module", exports };
  fs.writeFileSync("node_modules/" + alias + "/package.json", JSON.stringify(manifest));
  fs.writeFileSync("node_modules/" + alias + "/index.js", "export const name = '" + name + "'");
};
if (name.startsWith("@types/")) process.exit(1);
if (name === "slow") setInterval(() => {}, 1000);
else if (name.startsWith("later")) setTimeout(install, 2000);
else install();
`;

/** A PATH on which it is the first npm. */
export function pathWithNpm(): string {
  const bin = mkdtempSync(join(tmpdir(), "lb-npm-"));
  writeFileSync(join(bin, "npm"), NPM);
  chmodSync(join(bin, "npm"), 0o755);
  return `${bin}${delimiter}${process.env.PATH}`;
}
