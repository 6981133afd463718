import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { describe, expect, test } from "vitest";
import { startChat } from "../../notebooks/server/chat.ts";

/** Somebody in a chat room, by Node's own WebSocket. */
class Guest {
  readonly heard: string[] = [];
  readonly #socket: WebSocket;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener("message", ({ data }) => this.heard.push(String(data)));
  }

  static async enter(room: string): Promise<Guest> {
    const socket = new WebSocket(room);
    await once(socket, "open");
    return new Guest(socket);
  }

  say(text: string): void {
    this.#socket.send(text);
  }

  /** Waits until so many messages have been heard in all. */
  async hears(count: number): Promise<string[]> {
    while (this.heard.length < count) await once(this.#socket, "message");
    return this.heard;
  }

  async leave(): Promise<{ code: number }> {
    const closed = once(this.#socket, "close");
    this.#socket.close(1000);
    const [{ code }] = await closed;
    return { code };
  }
}

/** As many guests as there are names, in a room of their own. */
async function party<const Names extends string[]>(...names: Names): Promise<{ [Name in Names[number]]: Guest }> {
  const room = await startChat();
  const guests = await Promise.all(names.map(async (name) => [name, await Guest.enter(room)] as const));
  return Object.fromEntries(guests) as { [Name in Names[number]]: Guest };
}

describe("the chat room", () => {
  test("passes a message on to everybody else, and not back", async () => {
    const { ann, bob, cleo } = await party("ann", "bob", "cleo");
    ann.say("hello");
    expect(await bob.hears(1)).toEqual(["hello"]);
    expect(await cleo.hears(1)).toEqual(["hello"]);
    bob.say("hello yourself");
    expect(await ann.hears(1)).toEqual(["hello yourself"]);
  });

  test("keeps the order of one guest's messages, however many there are", async () => {
    const { ann, bob } = await party("ann", "bob");
    const said = Array.from({ length: 500 }, (_, n) => `message ${n}`);
    for (const text of said) ann.say(text);
    expect(await bob.hears(said.length)).toEqual(said);
  });

  test.each([
    ["an empty one", ""],
    ["one of 125 bytes, the longest that is short", "x".repeat(125)],
    ["one of 126 bytes", "x".repeat(126)],
    ["one of 65,535 bytes, the longest that there may be", "x".repeat(65_535)],
    ["one of signs of several bytes", "Grüße aus 東京 🎉"],
  ])("passes on %s as it is", async (_, text) => {
    const { ann, bob } = await party("ann", "bob");
    ann.say(text);
    expect(await bob.hears(1)).toEqual([text]);
  });

  test("lets a guest go, and goes on with the others", async () => {
    const { ann, bob, cleo } = await party("ann", "bob", "cleo");
    expect(await cleo.leave()).toEqual({ code: 1000 });
    ann.say("has she gone?");
    expect(await bob.hears(1)).toEqual(["has she gone?"]);
    expect(cleo.heard).toEqual([]);
  });

  test("shows a guest out whose message is over 64 KiB, and goes on with the others", async () => {
    const { ann, bob, cleo } = await party("ann", "bob", "cleo");
    cleo.say("x".repeat(65_536));
    await cleo.leave();
    ann.say("still here");
    expect(await bob.hears(1)).toEqual(["still here"]);
  });

  test("is one of several: what is said in one is not heard in another", async () => {
    const [here, there] = [await party("ann", "bob"), await party("cleo", "dan")];
    here.ann.say("here");
    there.cleo.say("there");
    expect(await here.bob.hears(1)).toEqual(["here"]);
    expect(await there.dan.hears(1)).toEqual(["there"]);
  });

  test("tells a browser that it speaks WebSocket only", async () => {
    const response = await fetch((await startChat()).replace("ws:", "http:"));
    expect(response.status).toBe(426);
  });
});

/** A frame as a client sends it: masked. */
function frame(kind: number, text: string): Buffer {
  const mask = Buffer.from([1, 2, 3, 4]);
  const payload = Buffer.from(text).map((byte, index) => byte ^ (mask[index % 4] ?? 0));
  return Buffer.concat([Buffer.from([0x80 | kind, 0x80 | payload.length]), mask, payload]);
}

const TEXT = 1;
const PING = 9;
const PONG = 10;

/** A client that decides itself which bytes go when. */
async function rawClient(room: string): Promise<Socket> {
  const { hostname, port } = new URL(room);
  const socket = connect(Number(port), hostname).setNoDelay(true);
  socket.write(
    "GET / HTTP/1.1\r\nHost: room\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: a\r\n\r\n",
  );
  await once(socket, "data");
  return socket;
}

describe("the frames of the chat room", () => {
  test("may come in any pieces", async () => {
    const room = await startChat();
    const guest = await Guest.enter(room);
    const socket = await rawClient(room);
    for (const byte of frame(TEXT, "in pieces")) {
      socket.write(Buffer.from([byte]));
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await guest.hears(1)).toEqual(["in pieces"]);
    socket.destroy();
  });

  test("may come several at once", async () => {
    const room = await startChat();
    const guest = await Guest.enter(room);
    const socket = await rawClient(room);
    socket.write(Buffer.concat([frame(TEXT, "one"), frame(TEXT, "two"), frame(TEXT, "th").subarray(0, 4)]));
    expect(await guest.hears(2)).toEqual(["one", "two"]);
    socket.destroy();
  });

  test("are answered where they ask whether somebody is there", async () => {
    const socket = await rawClient(await startChat());
    socket.write(frame(PING, "there?"));
    const [answer] = await once(socket, "data");
    expect(answer).toEqual(Buffer.concat([Buffer.from([0x80 | PONG, 6]), Buffer.from("there?")]));
    socket.destroy();
  });
});
