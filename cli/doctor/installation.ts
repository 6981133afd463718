// The parts that npm and install.js put in place: the engine, the sockets' addon, the kernelspecs.

import { engineVersion, findEngine, pinnedEngine } from "../engine.js";
import { listKernelSpecs } from "../install/kernelspec.js";
import { advice, type Finding, fault, messageOf, ok } from "./finding.ts";

export function checkEngine(): Finding[] {
  try {
    const engine = findEngine();
    const text = `Node ${engineVersion(engine) ?? "(it does not start)"} at ${engine}`;
    if (pinnedEngine() === engine) return [ok("Engine", text)];
    return [
      advice(
        "Engine",
        `${text}, not the one that belongs to this version of Loopbook`,
        "`npm install --include=optional` brings that one. This Node will do.",
      ),
    ];
  } catch (error) {
    return [fault("Engine", messageOf(error), "see above")];
  }
}

export async function checkZeroMq(): Promise<Finding[]> {
  try {
    const { version } = await import("zeromq");
    return [ok("ZeroMQ", `${version} loads`)];
  } catch (error) {
    return [
      fault(
        "ZeroMQ",
        `the native addon does not load (${messageOf(error)})`,
        "`npm rebuild zeromq`, or install again with a network connection",
      ),
    ];
  }
}

export function checkKernelSpecs(): Finding[] {
  const specs = listKernelSpecs();
  if (specs.length === 0)
    return [
      advice(
        "Kernelspec",
        "Jupyter does not know Loopbook yet (`loopbook run` works without)",
        "`loopbook install`, or `node install.js` in a checkout",
      ),
    ];
  return specs.map(({ name, folder, displayName, missing }) =>
    missing.length === 0
      ? ok("Kernelspec", `${name} ("${displayName}") in ${folder}`)
      : fault(
          "Kernelspec",
          `${name} in ${folder} names files that do not exist: ${missing.join(", ")}`,
          `\`loopbook install --name ${name}\` writes it again, \`loopbook install --uninstall --name ${name}\` removes it`,
        ),
  );
}
