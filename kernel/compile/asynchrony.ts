// Makes every await of a cell a cancellation point, and lets the kernel know which promise a call of an async function settles.
// The functions stay what they are: V8 runs them as async functions.

import { Intrinsic } from "./intrinsics.ts";
import { offsetOf, type PositionStep, positionAt } from "./positions.ts";
import type { Rewriter } from "./rewriter.ts";
import { mayBePromise, mayRunCode, runsOf } from "./suspension.ts";
import { type AnyFunction, childrenOf, isFunction, type Node } from "./syntax-tree.ts";

/** What awaits: the top level of the cell, an async function, an async generator; or code that cannot. */
interface Runner {
  kind: "top level" | "function" | "generator" | "none";
  /** What helpers are told of it: nothing, or `, __loopbook_run, "name"`. */
  run: string;
  named: string;
}

const TOP_LEVEL: Runner = { kind: "top level", run: "", named: "" };
const NONE: Runner = { kind: "none", run: "", named: "" };
const { run: RUN } = Intrinsic;

export class Asynchrony {
  readonly #text: Rewriter;
  readonly #runners: Runner[] = [TOP_LEVEL];
  /** Expressions among the parameters that may make promises, before the body has asked for the call's own. */
  readonly #kept = new Set<Node>();

  constructor(text: Rewriter) {
    this.#text = text;
  }

  /** Edits for one node, on the way down. `parent` may name a function. */
  enter(node: Node, parent: Node | undefined): void {
    if (this.#kept.has(node)) this.#text.open(node, `${Intrinsic.keep}(${Intrinsic.latest}(), `);
    if (isFunction(node)) this.#enterFunction(node, parent);
    else this.#enterInside(node);
  }

  /** Edits for one node, on the way back up. */
  leave(node: Node): void {
    if (isFunction(node)) this.#leaveFunction(node);
    else this.#leaveInside(node);
    if (this.#kept.delete(node)) this.#text.close(node, ")");
  }

  get #runner(): Runner {
    return this.#runners.at(-1) ?? NONE;
  }

  #enterFunction(node: AnyFunction, parent: Node | undefined): void {
    const { awaits, returnsPromise } = runsOf(node);
    const needed = node.async && node.body && (awaits || (returnsPromise && !node.generator));
    const name = functionName(node, parent);
    const run = `, ${RUN}`;
    const kind = !node.async ? "none" : node.generator ? "generator" : "function";
    this.#runners.push(needed ? { kind, run, named: kind === "function" && name ? `${run}, ${name}` : run } : NONE);
    if (!needed || !node.body) return;
    if (kind === "function") for (const expression of parameterCode(node)) this.#kept.add(expression);
    const source = kind === "generator" ? Intrinsic.generator : awaits ? Intrinsic.call : Intrinsic.latest;
    const declared = `const ${RUN} = ${source}();`;
    const { body } = node;
    if (body.type === "BlockStatement") {
      this.#text.insertBefore(body.start + 1, ` ${declared}`);
      return;
    }
    // `async (a) => await a` → `async (a) => { const run = …; return await a }`
    this.#text.open(body, `{ ${declared} return `);
    this.#enterReturned(body);
  }

  #leaveFunction(node: AnyFunction): void {
    const { body } = node;
    const { kind } = this.#runner;
    if (kind !== "none" && body && body.type !== "BlockStatement") {
      this.#leaveReturned(body);
      this.#text.close(body, " }");
    }
    this.#runners.pop();
  }

  #enterInside(node: Node): void {
    const text = this.#text;
    const { kind } = this.#runner;
    if (kind === "none") return;
    switch (node.type) {
      case "AwaitExpression": {
        const between = text.source.slice(node.start + "await".length, node.argument.start);
        const end = between.trim() === "" ? node.argument.start : node.start + "await".length;
        text.replace(node.start, end, AWAIT);
        this.#resolve(node.argument);
        break;
      }
      case "ForOfStatement":
        if (!node.await) break;
        text.open(node.right, `${Intrinsic.iterate}(`);
        if (kind === "function") this.#goOn(node.body);
        break;
      case "YieldExpression":
        if (kind === "generator" && node.argument)
          text.open(node.argument, node.delegate ? `${Intrinsic.iterate}(` : AWAIT);
        break;
      case "ReturnStatement":
        if (kind === "function" && node.argument) this.#enterReturned(node.argument);
        break;
      case "CatchClause":
        if (kind === "function") this.#goOn(node.body);
        break;
      case "TryStatement":
        if (kind === "function" && node.finalizer) this.#goOn(node.finalizer);
        break;
      case "VariableDeclaration":
        if (kind !== "function" || node.kind !== "await using") break;
        for (const { init } of node.declarations) if (init) text.open(init, `${Intrinsic.hold}(`);
        break;
    }
  }

  #leaveInside(node: Node): void {
    const text = this.#text;
    const { kind, named } = this.#runner;
    if (kind === "none") return;
    switch (node.type) {
      case "AwaitExpression":
        text.close(node.argument, this.#awaited(node));
        break;
      case "ForOfStatement":
        if (!node.await) break;
        text.close(node.right, `${named})`);
        if (kind === "function" && node.body.type !== "BlockStatement") text.close(node.body, " }");
        break;
      case "YieldExpression":
        if (kind === "generator" && node.argument)
          text.close(node.argument, node.delegate ? `${named})` : this.#awaited(node));
        break;
      case "ReturnStatement":
        if (kind === "function" && node.argument) this.#leaveReturned(node.argument);
        break;
      case "VariableDeclaration":
        if (kind !== "function" || node.kind !== "await using") break;
        for (const { init } of node.declarations) if (init) text.close(init, `${named})`);
        break;
    }
  }

  /** `Promise.resolve(x)` that is only awaited needs to make no promise. */
  #resolve(operand: Node): void {
    if (operand.type !== "CallExpression" || operand.optional || operand.arguments.length > 1) return;
    const { callee } = operand;
    const [argument] = operand.arguments;
    const { start, end } = callee;
    if (this.#text.source.slice(start, end) !== "Promise.resolve" || argument?.type === "SpreadElement") return;
    if (this.#text.source[end] === "(")
      this.#text.replace(start, end + 1, `${Intrinsic.resolved}(Promise${argument ? ", " : ""}`);
  }

  /** What follows the operand of an await. The number leads from the second await back to the one that was written. */
  #awaited(node: Node): string {
    const { run, named } = this.#runner;
    const own = run.slice(", ".length);
    return `${named})${run}) ?? await ${Intrinsic.pending}(${own}/*${node.start}*/))`;
  }

  #enterReturned(value: Node): void {
    if (mayBePromise(value))
      this.#text.open(value, `${Intrinsic.return}(${RUN}, ${value.type === "SequenceExpression" ? "(" : ""}`);
  }

  #leaveReturned(value: Node): void {
    if (!mayBePromise(value)) return;
    const name = this.#runner.named.slice(this.#runner.run.length);
    this.#text.close(value, `${value.type === "SequenceExpression" ? ")" : ""}${name})`);
  }

  /** The code goes on there without an await's value. */
  #goOn(body: Node): void {
    const call = `${Intrinsic.resume}(${RUN});`;
    if (body.type === "BlockStatement") this.#text.insertBefore(body.start + 1, ` ${call}`);
    else this.#text.open(body, `{ ${call} `);
  }
}

const AWAIT = `${Intrinsic.awaited}(${Intrinsic.settled}(await ${Intrinsic.await}(`;

/** What stands behind the operand of an await, where code waits for a promise that is pending. */
const PENDING = new RegExp(`(?:await )?${Intrinsic.pending}\\([^)]*/\\*(\\d+)\\*/\\)`, "y");

/** As `step`, which leads from a script to its `code`, and leads an await that the compiler has added to the one that it belongs to. */
export function toWrittenAwait(script: string, code: string, step: PositionStep): PositionStep {
  return (position) => {
    PENDING.lastIndex = offsetOf(script, position);
    const [, written] = PENDING.exec(script) ?? [];
    return written === undefined ? step(position) : positionAt(code, Number(written));
  };
}

/** The expressions that run before the body does: default values, computed keys. */
function* parameterCode(node: Node): Generator<Node> {
  for (const child of node.type === "AssignmentPattern" ? [node.left, node.right] : childrenOf(node)) {
    if (isFunction(node) && child === node.body) continue;
    const isDefault = node.type === "AssignmentPattern" && child === node.right;
    const isComputed = node.type === "Property" && node.computed && child === node.key;
    if (isDefault || isComputed) {
      if (mayRunCode(child)) yield child;
    } else yield* parameterCode(child);
  }
}

/** The name that JavaScript gives the function, as a string literal. */
function functionName(node: AnyFunction, parent: Node | undefined): string | undefined {
  const named = node.id ?? namingNode(parent, node);
  switch (named?.type) {
    case "Identifier":
    case "PrivateIdentifier":
      return JSON.stringify(named.type === "Identifier" ? named.name : `#${named.name}`);
    case "Literal":
      return JSON.stringify(String(named.value));
    default:
      return undefined;
  }
}

function namingNode(parent: Node | undefined, node: AnyFunction): Node | undefined {
  switch (parent?.type) {
    case "VariableDeclarator":
      return parent.id;
    case "AssignmentExpression":
    case "AssignmentPattern":
      return parent.right === node ? parent.left : undefined;
    case "MethodDefinition":
    case "PropertyDefinition":
    case "Property":
      return parent.computed ? undefined : parent.key;
    default:
      return undefined;
  }
}
