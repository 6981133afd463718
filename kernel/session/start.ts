// Puts a session together and makes this thread the user's.

import { fileURLToPath } from "node:url";
import type { MessagePort } from "node:worker_threads";
import type { Clock } from "../../runtime/host.ts";
import { currentTask } from "../../runtime/index.ts";
import type { SessionEvent } from "../channel/messages.ts";
import type { StreamRingWriter } from "../channel/stream-ring.ts";
import { CellModules } from "../modules/cell-modules.ts";
import { announceToChildren } from "../modules/child-modules.ts";
import { compilerOptions } from "../modules/compiler-options.ts";
import { FileVersions } from "../modules/file-versions.ts";
import { JsxPackages } from "../modules/jsx-packages.ts";
import { withoutVersion } from "../modules/local-files.ts";
import { ModuleSources } from "../modules/module-sources.ts";
import { notebookPlace } from "../modules/notebook-place.ts";
import { ProjectNames } from "../modules/project-names.ts";
import { installResolveHooks } from "../modules/resolve-hooks.ts";
import { Resolver, resolveFrom } from "../modules/resolver.ts";
import { watchBlockingChildren } from "./blocking-children.ts";
import { whenLoaded } from "./builtin-modules.ts";
import { currentCell } from "./cell.ts";
import { Comms } from "./comms.ts";
import { installDisplay } from "./display-function.ts";
import { Evaluator } from "./evaluator.ts";
import { Exit } from "./exit.ts";
import { installFunctionText } from "./function-text.ts";
import { Input, installInput } from "./input.ts";
import { Interrupts } from "./interrupt.ts";
import { installIntrinsics } from "./intrinsics.ts";
import { NotebookLoop } from "./notebook-loop.ts";
import { Output } from "./output.ts";
import { offerPendingWork } from "./pending-comm.ts";
import { installProcessKill } from "./process-kill.ts";
import { showProgramOutput } from "./program-output.ts";
import { ProgramPipes } from "./program-pipes.ts";
import { progressLine } from "./progress-line.ts";
import { askThroughFrontEnd } from "./readline.ts";
import { Scripts } from "./scripts.ts";
import { Session } from "./session.ts";
import { installStackTraces } from "./stack-trace.ts";
import { changeDescriptorFunctions } from "./standard-descriptors.ts";
import { installStandardInput } from "./standard-input.ts";
import { announceColors, installStandardStreams } from "./standard-streams.ts";
import { Stopper } from "./stopper.ts";
import { installTimerInspection } from "./timer-inspection.ts";
import { installUncaught } from "./uncaught.ts";

export { grip } from "./active-objects.ts";

export interface SessionOptions {
  writer: StreamRingWriter;
  post: (event: SessionEvent) => void;
  signals: Int32Array<SharedArrayBuffer>;
  inputPort: MessagePort;
  /** See `Descriptor`. Default: what programs print goes where the kernel's own output goes. */
  descriptors?: Int32Array | undefined;
  /** Folder of the runtime's entry points, which cells import as `loopbook`, and how their names end. */
  runtime: URL;
  extension: ".ts" | ".js";
  /** The clock of the notebook's loop. Default: real time. */
  clock?: Clock | undefined;
  /** What forbids to install packages that cells name, as the user wrote it. Default: nothing but the environment. */
  installForbiddenBy?: string | undefined;
  /** Folder of the kernel: stack traces leave it out. */
  kernelDirectory: string;
  /** What cells import from the kernel itself, by specifier: URLs. */
  modules: { readonly [specifier: string]: string };
  /** Whether the kernel's own threads and ports keep Node's event loop going. */
  keepAlive: (on: boolean) => void;
}

export function startSession(options: SessionOptions): Session {
  const { signals, runtime, extension } = options;
  const output = new Output(options.writer, options.post);
  const scripts = new Scripts();
  const interrupts = new Interrupts(signals);
  const evaluator = new Evaluator();
  const own = [options.kernelDirectory, runtime.href];
  const stopper = new Stopper({ signals, own, terminate: () => evaluator.terminate() });
  const exit = new Exit(output, signals);
  const comms = new Comms(output);
  const place = notebookPlace();
  const names = new ProjectNames();
  const jsxPackages = new JsxPackages();
  const sources = new ModuleSources({
    resolve: resolveFrom,
    onSource: (url, { source, positions }) => {
      scripts.add(url, { name: fileURLToPath(withoutVersion(url)), source, positions });
    },
  });
  const entry = (name: string): string => new URL(name + extension, runtime).href;
  const builtIn = {
    loopbook: entry("index"),
    "loopbook/testing": entry("testing"),
    ...options.modules,
  };
  const modules = new CellModules(place, {
    builtIn,
    names,
    sources,
    jsxPackages,
    progress: (text) => progressLine(output, text),
    signal: () => currentTask()?.signal,
    onChange: (paths) => output.post({ type: "files_changed", paths }),
    forbiddenBy: options.installForbiddenBy,
  });
  const versions = new FileVersions((path) => output.post({ type: "file_imported", path }));
  installResolveHooks(new Resolver({ place, builtIn, own, names, versions, jsxPackages }), sources);
  installStackTraces({ scripts, hidden: own });
  installFunctionText(scripts);

  const loop = new NotebookLoop({
    output,
    interrupts,
    signals,
    isExecuting: (cell) => session.isExecuting(cell),
    clock: options.clock,
    onError: (error) => session.showError(error, currentCell()),
  });
  const input = new Input(output, options.inputPort, signals);
  const session: Session = new Session({
    output,
    scripts,
    loop,
    comms,
    interrupts,
    input,
    evaluator,
    stopper,
    modules,
    exit,
    place,
    compilerOptions: compilerOptions(place.directory),
  });

  stopper.install();
  watchBlockingChildren(signals, interrupts);
  offerPendingWork({
    comms,
    loop: loop.events,
    keepAlive: options.keepAlive,
    latestCell: () => session.executionCount,
  });
  installIntrinsics(loop, modules, signals);
  const writeTo = installStandardStreams(output);
  announceColors();
  installInput(input);
  installStandardInput(input, (cell) => session.isExecuting(cell));
  installDisplay(output);
  exit.install();
  const pipes = options.descriptors && new ProgramPipes(output, options.descriptors);
  const changeReadline = () => askThroughFrontEnd(process.getBuiltinModule("node:readline"), input);
  whenLoaded({
    readline: changeReadline,
    "readline/promises": changeReadline,
    fs: () => changeDescriptorFunctions(process.getBuiltinModule("node:fs"), writeTo),
    ...(pipes && { child_process: () => showProgramOutput(process.getBuiltinModule("node:child_process"), pipes) }),
  });
  installTimerInspection();
  hideOwnGlobals();
  const { require, module } = modules;
  const globals = {
    require,
    module,
    exports: module.exports,
    __dirname: place.directory,
  };
  for (const [name, value] of Object.entries(globals))
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true, enumerable: false });

  // What the notebook is called may be told with its first cell.
  const define = (property: PropertyDescriptor) =>
    Object.defineProperty(globalThis, "__filename", { ...property, configurable: true, enumerable: false });
  define({ get: () => place.filename, set: (value: unknown) => void define({ value, writable: true }) });

  installUncaught((error) => session.showError(error, currentCell()));
  installProcessKill();
  announceToChildren();
  return session;
}

/** What libraries of the kernel have left on the global object is no business of who lists it. */
function hideOwnGlobals(): void {
  for (const name of Object.keys(globalThis))
    if (name.startsWith("__")) Object.defineProperty(globalThis, name, { enumerable: false });
}
