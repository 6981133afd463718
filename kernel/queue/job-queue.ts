// The order of jobs: one execute request or comm message at a time goes to the session, the next after its reply.

import type { RequestContent } from "../protocol/requests.ts";
import type { Parent } from "../sockets/parents.ts";

type CommType = "comm_open" | "comm_msg" | "comm_close";

/** `started` is a date in ISO 8601; `seconds` what a cell took, by the loop's clock, known as soon as the session has answered. */
export type Job = { parent: Parent; started?: string; seconds?: number } & (
  | { type: "execute"; content: RequestContent<"execute_request">; notebook: string | undefined }
  | {
      type: CommType;
      content: { [key: string]: unknown };
      metadata: { [key: string]: unknown };
      buffers: Uint8Array[];
    }
);

export class JobQueue {
  readonly #start: (job: Job) => void;
  #waiting: Job[] = [];
  #next = 0;
  #running: Job | undefined;
  #held = false;
  #advancing = false;

  /** `start` hands a job to the session. */
  constructor(start: (job: Job) => void) {
    this.#start = start;
  }

  /** What the session works on. */
  get running(): Job | undefined {
    return this.#running;
  }

  /** Whether something is to start after what runs. */
  get waiting(): boolean {
    return this.#next < this.#waiting.length;
  }

  push(job: Job): void {
    this.#waiting.push(job);
    this.#advance();
  }

  /** The running job has been answered: start the next. */
  finish(): void {
    this.#running = undefined;
    this.#advance();
  }

  /** Start nothing until `release`. */
  hold(): void {
    this.#held = true;
  }

  release(): void {
    this.#held = false;
    this.#advance();
  }

  /** Takes every execute request that waits out of the queue; comm messages stay, in their order. */
  takeExecutes(): Job[] {
    const waiting = this.#waiting.slice(this.#next);
    this.#next = 0;
    this.#waiting = waiting.filter((job) => job.type !== "execute");
    return waiting.filter((job) => job.type === "execute");
  }

  /** Starts one job, or more where a job is over as soon as it is started. */
  #advance(): void {
    if (this.#advancing) return;
    this.#advancing = true;
    try {
      while (!this.#running && !this.#held && this.waiting) {
        this.#running = this.#shift();
        if (this.#running) this.#start(this.#running);
      }
    } finally {
      this.#advancing = false;
    }
  }

  #shift(): Job | undefined {
    const job = this.#waiting[this.#next];
    // An index instead of shift(): ten thousand waiting cells must not cost ten thousand moves each.
    if (++this.#next * 2 > this.#waiting.length) {
      this.#waiting = this.#waiting.slice(this.#next);
      this.#next = 0;
    }
    return job;
  }
}
