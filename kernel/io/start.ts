// Puts the parts of the IO thread together.

import { readFileSync } from "node:fs";
import { KERNEL_PARENT, type SessionEvent, type SessionRequest } from "../channel/messages.ts";
import type { IoWorkerData } from "../channel/worker-data.ts";
import { History } from "../history/history.ts";
import { defaultHistoryPath, HistoryDatabase } from "../history/history-database.ts";
import { createLog } from "../log.ts";
import { notebookPlace } from "../modules/notebook-place.ts";
import { parseConnectionFile } from "../protocol/connection-file.ts";
import { HeaderFactory } from "../protocol/header.ts";
import { DigestHistory } from "../protocol/replay.ts";
import { createSigner } from "../protocol/signature.ts";
import { AbortWindow } from "../queue/abort-window.ts";
import { Comms } from "../queue/comms.ts";
import { Jobs } from "../queue/jobs.ts";
import { ShellReading } from "../queue/shell-reading.ts";
import { Iopub } from "../sockets/iopub.ts";
import { createOutboxes } from "../sockets/outbox.ts";
import { Parents } from "../sockets/parents.ts";
import { heartbeat, readSocket } from "../sockets/read-socket.ts";
import { Replies } from "../sockets/replies.ts";
import { closeSockets, openSockets } from "../sockets/sockets.ts";
import { LanguageTools } from "../types/language-tools.ts";
import { TypeErrors } from "../types/type-errors.ts";
import { modeOf, type TypesMode } from "../types/types-mode.ts";
import { endChildren, interruptBlockingChild } from "./child-processes.ts";
import { Descriptors } from "./descriptors.ts";
import { Dispatcher } from "./dispatcher.ts";
import { createHandlers } from "./handlers.ts";
import { Input } from "./input.ts";
import { Interrupter } from "./interrupt.ts";
import { openLibc } from "./libc.ts";
import { Lifecycle } from "./lifecycle.ts";
import { MainInspector } from "./main-inspector.ts";
import { watchParent } from "./parent-watch.ts";
import { listenToSignals } from "./process-signals.ts";
import { SessionEvents } from "./session-events.ts";
import { StreamPump } from "./stream-pump.ts";
import { warmUp } from "./warm-up.ts";

export interface IoOptions {
  /** Where inputs are kept. Default: `loopbook/history.sqlite` in Jupyter's data folder. */
  historyPath?: string;
  /** Ends the process when its main thread will not. Default: sends it the signal. */
  kill?: (signal: NodeJS.Signals) => void;
  /** Ends what cells have started. Default: ends all processes that this one has started. */
  endChildren?: () => Promise<void>;
  /** Connects the inspector and loads the language tools when the kernel has been up for a while. Default: true. */
  warmUp?: boolean;
}

/** Descriptors are redirected so long after the start, in milliseconds, or with the first cell: no client waits for it. */
const REDIRECT_DELAY = 150;

/** Binds the sockets and serves them. Rejects if the connection file is bad or an address cannot be bound. */
export async function startIo(data: IoWorkerData, options: IoOptions = {}): Promise<void> {
  const { port, signals } = data;
  const connection = parseConnectionFile(readFileSync(data.connectionFile, "utf8"));
  const opening = openSockets(connection);
  const signer = createSigner(connection.key);
  const headers = new HeaderFactory(process.getBuiltinModule("node:crypto").randomUUID());
  const sockets = await opening;

  const log = createLog();
  const outboxes = createOutboxes(sockets, log);
  const iopub = new Iopub(sockets.iopub, outboxes.iopub, signer, headers, log);
  const replies = new Replies(outboxes, signer, headers);

  const toSession = (request: SessionRequest): void => {
    port.postMessage(request);
    // Beside the session, which compiles the first cell meanwhile.
    if (request.type === "execute") descriptors?.redirect();
  };
  const inspector = new MainInspector();
  const terminateExecution = (): Promise<void> => inspector.terminateExecution();
  const input = new Input(data.inputPort, signals);

  const parents = new Parents();
  const comms = new Comms();
  const abortWindow = new AbortWindow();
  const history = new History(new HistoryDatabase(options.historyPath ?? defaultHistoryPath(), log), log);
  const shellReading = new ShellReading();
  const pump = new StreamPump(data.ring, {
    publish: (parent, name, text) => {
      const latest = jobs.latestCell;
      iopub.stream(name, text, parents.get(parent) ?? (latest?.id === parent ? latest : undefined));
    },
    get backlog() {
      return iopub.backlog;
    },
  });
  const shellRead = (): Promise<void> => shellReading.caughtUp();
  const place = notebookPlace();
  const mode = (): TypesMode => modeOf(place.named ? place.filename : undefined, log);
  const language = new LanguageTools({ place, mode: mode(), inspector, log });
  const tellNotebook = (path: string): void => {
    if (place.tell(path)) language.mode = mode();
  };
  const typeErrors = new TypeErrors(iopub, log);
  const check = (code: string, silent: boolean) => language.check(code, silent);
  const jobs = new Jobs({
    iopub,
    replies,
    parents,
    comms,
    abortWindow,
    check,
    typeErrors,
    toSession,
    tellNotebook,
    shellRead,
  });
  language.onTrouble = (reason) => {
    const notice = `Types are not checked, and completion knows only what runs, until TypeScript's server is back: ${reason}`;
    log.warn(notice);
    if (jobs.latestCell) iopub.stream("stderr", `${notice}\n`, jobs.latestCell);
  };

  const interrupter = new Interrupter(
    {
      signals,
      toSession,
      interruptInput: () => input.interrupt(),
      working: () => jobs.running?.parent.id,
      stop: (attempt) => inspector.stop(attempt),
      terminateExecution,
      interruptBlockingChild: () => interruptBlockingChild(signals),
    },
    log,
  );
  const descriptors = data.descriptors && createDescriptors(data.descriptors);
  const lifecycle = new Lifecycle(
    {
      signals,
      toSession,
      terminateExecution,
      finish: () => {
        pump.stop();
        jobs.end();
        typeErrors.stop();
        language.close();
      },
      flushHistory: () => history.close(),
      close: async () => {
        await inspector.close();
        await Promise.all(Object.values(outboxes).map((outbox) => outbox.flushed()));
        closeSockets(sockets);
      },
      endChildren: options.endChildren ?? endChildren,
      kill: options.kill ?? ((signal) => process.kill(process.pid, signal)),
    },
    log,
  );

  const events = new SessionEvents(
    {
      iopub,
      replies,
      parents,
      jobs,
      comms,
      history,
      input,
      pump,
      language,
      descriptors,
      exit: () => void lifecycle.leave(),
    },
    log,
  );
  const dispatcher = new Dispatcher(
    {
      signer,
      seen: new DigestHistory(),
      parents,
      iopub,
      replies,
      jobs,
      input,
      abortWindow,
      answer: createHandlers({ connection, comms, history, language }),
      interrupt: () => interrupter.interrupt(),
      shutdown: (restart) => lifecycle.shutdown(restart),
    },
    log,
  );

  iopub.welcome();
  heartbeat(sockets.hb, outboxes.hb, log);
  readSocket(sockets.control, (frames) => dispatcher.receive("control", frames), log);
  readSocket(sockets.stdin, (frames) => dispatcher.receiveInput(frames), log);
  readSocket(
    sockets.shell,
    (frames) => {
      shellReading.count();
      dispatcher.receive("shell", frames);
    },
    log,
  );
  port.on("message", (event: SessionEvent) => events.handle(event));
  listenToSignals({ interrupt: () => interrupter.interrupt(), terminate: () => lifecycle.terminate() }, log);
  watchParent(() => {
    log.info("the process that started the kernel is gone");
    lifecycle.shutdown(false);
  });

  if (options.warmUp ?? true) {
    warmUp(inspector, language, log);
    setTimeout(() => descriptors?.redirect(), REDIRECT_DELAY).unref();
  }

  function createDescriptors(memory: Int32Array): Descriptors {
    return new Descriptors({
      openLibc,
      memory,
      take: (record, position) => pump.take(record, position),
      backlog: () => iopub.backlog,
      latest: () => jobs.latestCell?.id ?? KERNEL_PARENT,
      hold: (parent) => parents.hold(parent),
    });
  }
}
