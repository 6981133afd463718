// `loopbook doctor`: looks at everything the kernel needs, and says what to do about each fault.

import type { Finding } from "./finding.ts";
import { checkEngine, checkKernelSpecs, checkZeroMq } from "./installation.ts";
import { checkJupyter } from "./jupyter.ts";
import { checkKernel } from "./kernel.ts";

const MARKS = { ok: "ok     ", advice: "note   ", fault: "FAULT  " } as const;
const INDENT = "\n       ";

/** Prints the findings and returns the exit code: 1 if anything that is needed is broken. */
export async function doctorCommand(): Promise<number> {
  let faults = 0;
  for (const check of [checkEngine, checkZeroMq, checkKernelSpecs, checkJupyter, checkKernel])
    for (const finding of await check()) {
      print(finding);
      if (finding.state === "fault") faults++;
    }
  console.log(faults === 0 ? "Nothing is broken." : `${faults} ${faults === 1 ? "fault" : "faults"} found.`);
  return faults === 0 ? 0 : 1;
}

function print(finding: Finding): void {
  const lines = [`${finding.subject}: ${finding.text}`];
  if (finding.state !== "ok") lines.push(`What to do: ${finding.remedy}`);
  console.log(MARKS[finding.state] + lines.join("\n").replaceAll("\n", INDENT));
}
