// Puts the parts of the IO thread together.

import { readFileSync } from "node:fs";
import type { InputReply, SessionEvent, SessionRequest } from "../channel/messages.ts";
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
import { Cells } from "../queue/cells.ts";
import { Comms } from "../queue/comms.ts";
import { ShellReading } from "../queue/shell-reading.ts";
import { LanguageTools } from "../types/language-tools.ts";
import { TypeErrors } from "../types/type-errors.ts";
import { modeOf } from "../types/types-mode.ts";
import { createAnswers } from "./answers.ts";
import { Input } from "./input.ts";
import { Interrupter } from "./interrupt.ts";
import { Iopub } from "./iopub.ts";
import { Lifecycle } from "./lifecycle.ts";
import { MainInspector } from "./main-inspector.ts";
import { createOutboxes } from "./outbox.ts";
import { watchParent } from "./parent-watch.ts";
import { Parents } from "./parents.ts";
import { heartbeat, receiveAll } from "./receive.ts";
import { Replies } from "./replies.ts";
import { Requests } from "./requests.ts";
import { SessionEvents } from "./session-events.ts";
import { closeSockets, openSockets } from "./sockets.ts";
import { StreamPump } from "./stream-pump.ts";

export interface IoOptions {
  /** Where inputs are kept. Default: `loopbook/history.sqlite` in Jupyter's data folder. */
  historyPath?: string;
  /** Ends the process when its main thread will not. Default: SIGKILL. */
  kill?: () => void;
  /** Connects the inspector and loads the language tools when the kernel has been up for a while. Default: true. */
  warmUp?: boolean;
}

/** The inspector and the parser load after so long, in milliseconds: when the first cell has most likely been run. */
const WARM_UP_DELAY = 700;
/** The type checker starts in a pause after so long, in milliseconds, if nothing has asked for it before. */
const CHECKER_DELAY = 1_500;

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

  const toSession = (request: SessionRequest): void => port.postMessage(request);
  const inspector = new MainInspector();
  const terminateExecution = (): Promise<void> => inspector.terminateExecution();
  const input = new Input(data.inputPort, signals);
  const toInput = (reply: InputReply): void => input.send(reply);
  const interrupter = new Interrupter({ signals, toSession, toInput, terminateExecution }, log);

  const parents = new Parents();
  const comms = new Comms();
  const abortWindow = new AbortWindow();
  const history = new History(new HistoryDatabase(options.historyPath ?? defaultHistoryPath(), log), log);
  const shellReading = new ShellReading();
  const pump = new StreamPump(data.ring, {
    publish: (parent, name, text) =>
      iopub.publish({ type: "stream", content: { name, text }, parent: parents.get(parent), topic: `stream.${name}` }),
    get backlog() {
      return iopub.backlog;
    },
  });
  const shellRead = (): Promise<void> => shellReading.caughtUp();
  const place = notebookPlace();
  const language = new LanguageTools({
    place,
    mode: modeOf(place.named ? place.filename : undefined, log),
    inspector,
    log,
    onTrouble: (reason) => {
      const notice = `Types are not checked, and completion knows only what runs, until TypeScript's server is back: ${reason}`;
      log.warn(notice);
      if (cells.latest) typeErrors.tell(notice, cells.latest);
    },
  });
  const typeErrors = new TypeErrors(iopub, log);
  const check = (code: string, silent: boolean) => language.check(code, silent);
  const cells = new Cells({ iopub, replies, parents, comms, abortWindow, check, typeErrors, toSession, shellRead });

  const lifecycle = new Lifecycle(
    {
      signals,
      toSession,
      terminateExecution,
      finish: () => {
        pump.stop();
        cells.end();
        typeErrors.stop();
        language.close();
      },
      flushHistory: () => history.close(),
      close: async () => {
        await inspector.close();
        await Promise.all(Object.values(outboxes).map((outbox) => outbox.flushed()));
        closeSockets(sockets);
      },
      kill: options.kill ?? (() => process.kill(process.pid, "SIGKILL")),
    },
    log,
  );

  const events = new SessionEvents(
    { iopub, replies, parents, cells, comms, history, input, pump, language, exit: () => void lifecycle.leave() },
    log,
  );
  const requests = new Requests(
    {
      signer,
      seen: new DigestHistory(),
      parents,
      iopub,
      replies,
      cells,
      input,
      abortWindow,
      answer: createAnswers({ connection, comms, history, language }),
      interrupt: () => interrupter.interrupt(),
      shutdown: (restart) => lifecycle.shutdown(restart),
    },
    log,
  );

  iopub.welcome();
  heartbeat(sockets.hb, outboxes.hb, log);
  receiveAll(sockets.control, (frames) => requests.receive("control", frames), log);
  receiveAll(sockets.stdin, (frames) => requests.receiveInput(frames), log);
  receiveAll(
    sockets.shell,
    (frames) => {
      shellReading.count();
      requests.receive("shell", frames);
    },
    log,
  );
  port.on("message", (event: SessionEvent) => events.handle(event));
  watchParent(() => {
    log.info("the process that started the kernel is gone");
    lifecycle.shutdown(false);
  });

  if (options.warmUp ?? true) {
    setTimeout(() => {
      inspector.connect().catch((error: unknown) => log.warn("the inspector does not connect", error));
      import("../language/text/is-complete.ts").catch((error: unknown) => log.warn("the parser does not load", error));
      language.load().catch((error: unknown) => log.warn("the language does not load", error));
    }, WARM_UP_DELAY).unref();
    setTimeout(() => void language.warmUp(), CHECKER_DELAY).unref();
  }
}
