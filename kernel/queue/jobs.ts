// The life of a job, an execute request or a comm message: busy, over to the session, outputs, reply, idle, next.

import type { ExecuteReply, ExecuteRequest, ParentId, SessionRequest } from "../channel/messages.ts";
import type { Iopub } from "../sockets/iopub.ts";
import type { Parent, Parents } from "../sockets/parents.ts";
import { ABORTED, type ErrorContent, errorContent, type Replies } from "../sockets/replies.ts";
import type { PendingCheck } from "../types/language-tools.ts";
import type { TypeErrors } from "../types/type-errors.ts";
import type { AbortWindow } from "./abort-window.ts";
import type { Comms } from "./comms.ts";
import { type Job, JobQueue } from "./job-queue.ts";

export interface JobPorts {
  iopub: Iopub;
  replies: Replies;
  parents: Parents;
  comms: Comms;
  abortWindow: AbortWindow;
  /** Begins to check the types of a cell; undefined where there is nothing to check. */
  check(code: string, silent: boolean): PendingCheck | undefined;
  typeErrors: TypeErrors;
  toSession(request: SessionRequest): void;
  /** The client has told the notebook's path. */
  tellNotebook(path: string): void;
  /** Resolves when the shell socket has nothing waiting: what was sent so far is in the queue. */
  shellRead(): Promise<void>;
}

export class Jobs {
  readonly #ports: JobPorts;
  readonly #queue = new JobQueue((job) => this.#start(job));
  readonly #checks = new WeakMap<Job, PendingCheck>();
  #latestCell: Parent | undefined;
  #over = false;

  constructor(ports: JobPorts) {
    this.#ports = ports;
  }

  get running(): Job | undefined {
    return this.#queue.running;
  }

  /** The cell that ran last, or still runs. */
  get latestCell(): Parent | undefined {
    return this.#latestCell;
  }

  push(job: Job): void {
    const late = job.type === "execute" && this.#ports.abortWindow.wasSentBefore(job.parent.header);
    if (late) this.#ports.abortWindow.failed();
    if (job.type === "execute") this.#ports.typeErrors.hurry();
    if (this.#over || late) this.#abort(job);
    else this.#queue.push(job);
  }

  /** The session has answered an execute request. */
  reply(id: ParentId, content: ExecuteReply, seconds: number): void {
    const job = this.#queue.running;
    if (job?.type !== "execute" || job.parent.id !== id || job.seconds !== undefined) return;
    job.seconds = seconds;
    if (content.status === "error" && job.content.stop_on_error && !job.content.silent) this.#fail(job, content);
    else this.#finish(job, content);
  }

  /** The session has dealt with a comm message. */
  handled(id: ParentId): void {
    const job = this.#queue.running;
    if (job && job.type !== "execute" && job.parent.id === id) this.#finish(job);
  }

  /** Nothing is left in the session that would answer a job. */
  lost(id: ParentId): void {
    const job = this.#queue.running;
    if (job?.parent.id !== id || job.seconds !== undefined) return;
    this.#giveUp(job, errorContent("KeyboardInterrupt", "it was interrupted, and could not be ended in order"));
  }

  /** The session ends: what runs or waits is answered now, what still comes is aborted. */
  end(): void {
    if (this.#over) return;
    this.#over = true;
    this.#queue.hold();
    const job = this.#queue.running;
    if (job) this.#finish(job, errorContent("SystemExit", "The kernel has been shut down"));
    for (const waiting of this.#queue.takeExecutes()) this.#abort(waiting);
  }

  #start(job: Job): void {
    const { iopub, parents } = this.#ports;
    const { parent } = job;
    job.started = new Date().toISOString();
    iopub.running = parent;
    iopub.busy(parent);
    parents.remember(parent);
    try {
      this.#handOver(job);
    } catch (error) {
      this.#giveUp(job, errorContent("InvalidRequest", notHandedOver(parent.header.msg_type, error)));
    }
  }

  #handOver(job: Job): void {
    const { toSession, comms } = this.#ports;
    const { parent } = job;
    if (job.type === "execute") {
      const { code, silent, store_history, user_expressions, allow_stdin } = job.content;
      this.#latestCell = parent;
      if (job.notebook !== undefined) this.#ports.tellNotebook(job.notebook);
      const request: ExecuteRequest = {
        type: "execute",
        parent: parent.id,
        code,
        silent,
        storeHistory: !silent && (store_history ?? true),
        userExpressions: user_expressions,
        allowStdin: allow_stdin,
        notebook: job.notebook,
      };
      this.#checkAndRun(job, request);
    } else {
      const { type, content, metadata, buffers } = job;
      toSession({ type, parent: parent.id, content, metadata, buffers });
      comms.saw(type, content);
    }
  }

  /** The types are checked while the cell runs, unless it may run only without errors. */
  #checkAndRun(job: Job, request: ExecuteRequest): void {
    const { toSession, check } = this.#ports;
    const pending = check(request.code, request.silent);
    if (pending?.refuses) {
      pending.errors.then(
        (errors) => toSession(errors.length > 0 ? { ...request, refusal: errors } : request),
        // Nobody can tell: that is no reason not to run it.
        () => toSession(request),
      );
      return;
    }
    if (pending) this.#checks.set(job, pending);
    toSession(request);
  }

  #finish(job: Job, content?: object): void {
    this.#answer(job, content);
    this.#queue.finish();
  }

  /** Answers a job in the session's place, and shows why. */
  #giveUp(job: Job, content: ErrorContent): void {
    this.#ports.iopub.error(job.parent, content);
    this.#finish(job, content);
  }

  /** A failed cell takes with it every cell that was sent before its reply could be seen. */
  #fail(job: Job, content: object): void {
    const { shellRead, abortWindow } = this.#ports;
    // No job starts meanwhile, because this one still counts as running; a later one that finds it so is an error.
    shellRead().then(() => {
      if (this.#queue.running !== job) return;
      abortWindow.failed();
      this.#answer(job, content);
      for (const waiting of this.#queue.takeExecutes()) this.#abort(waiting);
      this.#queue.finish();
    });
  }

  #answer(job: Job, content: object | undefined): void {
    const { replies, iopub, typeErrors } = this.#ports;
    const { parent, started, seconds } = job;
    iopub.running = undefined;
    // JupyterLab shows how long a cell took from `started`; on a virtual clock, only the loop knows it.
    const metadata = { started, ...(seconds !== undefined && { loopbook: { seconds } }) };
    try {
      if (content) replies.reply(parent, content, metadata);
    } catch (error) {
      // Not JSON: a BigInt or a cycle. The client must not be left waiting.
      replies.reply(parent, errorContent("TypeError", `The reply cannot be sent: ${error}`), metadata);
    }
    const check = this.#checks.get(job);
    const count = content && "execution_count" in content ? content.execution_count : undefined;
    if (!check || !content || typeof count !== "number") iopub.idle(parent);
    else typeErrors.show(check, parent, count, content, () => iopub.idle(parent));
    if (this.#queue.waiting) typeErrors.hurry();
  }

  #abort({ parent }: Job): void {
    const { replies, iopub } = this.#ports;
    iopub.busy(parent);
    // ipykernel says it in the metadata too, and ipyparallel reads it there.
    replies.reply(parent, ABORTED, ABORTED);
    iopub.idle(parent);
  }
}

/** Why a request cannot be sent from this thread to the session's. */
function notHandedOver(type: string, error: unknown): string {
  const reason =
    error instanceof RangeError
      ? "its content or metadata is nested too deeply; a few thousand levels are possible"
      : String(error);
  return `the ${type} cannot be handed to the session: ${reason}`;
}
