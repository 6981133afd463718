// The kernel, tried out: started over the real protocol, and asked for 1+1.

import { tmpdir } from "node:os";
import { KernelClient } from "../client/kernel-client.ts";
import { readPublished } from "../client/published.ts";
import { type Finding, fault, messageOf, ok } from "./finding.ts";

const QUESTION = "1+1";
const ANSWER = "2";

export async function checkKernel(): Promise<Finding[]> {
  const remedy = "`npm run build` in a checkout; else install Loopbook again, and report this text if it comes back";
  try {
    const started = performance.now();
    const client = await KernelClient.start(tmpdir());
    const ready = performance.now();
    try {
      const answer = await ask(client);
      const milliseconds = [ready - started, performance.now() - ready].map((time) => `${time.toFixed(0)} ms`);
      const text = `${client.info.implementation} ${client.info.implementation_version} ready in ${milliseconds[0]}`;
      return answer === ANSWER
        ? [ok("Kernel", `${text}, ${QUESTION} answered in ${milliseconds[1]}`)]
        : [fault("Kernel", `${text}, but ${QUESTION} came back as ${JSON.stringify(answer)}`, remedy)];
    } finally {
      await client.shutdown();
    }
  } catch (error) {
    return [fault("Kernel", messageOf(error), remedy)];
  }
}

async function ask(client: KernelClient): Promise<unknown> {
  let answer: unknown;
  client.onPublished = ({ type, content }) => {
    const message = readPublished(type, content);
    if (message?.type === "execute_result") answer = message.content.data["text/plain"];
    if (message?.type === "error") answer = `${message.content.ename}: ${message.content.evalue}`;
  };
  await client.execute(QUESTION).done;
  return answer;
}
