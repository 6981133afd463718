// The database of the lessons: SQLite behind a socket, and an asynchronous driver that talks to it. The server runs in
// this process, but the driver does not know: it sends a line, and waits for a line.

import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { createInterface } from "node:readline";
import { DatabaseSync } from "node:sqlite";
import { after } from "./delay.ts";

export type Value = string | number | null;
export type Row = { [column: string]: Value };

/** A query on its way, and what comes back: each is one line of JSON. */
type Query = { id: number; sql: string; values: Value[] };
type Result = { id: number; rows: Row[] } | { id: number; error: string };

/** Seconds from a query to its result: the way to another machine, and the work there. */
const DELAY = 0.3;

const CITIES = `
  CREATE TABLE cities (name TEXT, country TEXT, people INTEGER);
  INSERT INTO cities VALUES
    ('Lagos', 'Nigeria', 15388000), ('Kano', 'Nigeria', 4103000), ('Osaka', 'Japan', 19060000),
    ('Tokyo', 'Japan', 37274000), ('Lima', 'Peru', 11044000), ('Cusco', 'Peru', 428000);
`;

/**
 * Starts the server and returns its port. It has one table, `cities`. Neither it nor its connections keep the process
 * alive.
 */
export async function startDatabase(): Promise<number> {
  const database = new DatabaseSync(":memory:");
  database.exec(CITIES);
  const server = createServer((socket) => {
    socket.unref();
    socket.on("error", () => socket.destroy());
    createInterface(socket).on("line", (line) => {
      const result = `${JSON.stringify(answer(database, JSON.parse(line)))}\n`;
      after(DELAY, () => void (socket.writable && socket.write(result)));
    });
  });
  server.listen(0, "127.0.0.1").unref();
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

function answer(database: DatabaseSync, { id, sql, values }: Query): Result {
  try {
    return { id, rows: database.prepare(sql).all(...values) as Row[] };
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * A connection to the database: any number of queries can be on their way at the same time.
 *
 * @example
 * await using database = await Connection.open(port);
 * const rows = await database.query("SELECT name FROM cities WHERE people > ?", 1e7);
 */
export class Connection implements AsyncDisposable {
  readonly #socket: Socket;
  readonly #waiting = new Map<number, { resolve(rows: Row[]): void; reject(error: Error): void }>();
  #queries = 0;

  static async open(port: number): Promise<Connection> {
    const socket = connect(port, "127.0.0.1");
    await once(socket, "connect");
    return new Connection(socket);
  }

  private constructor(socket: Socket) {
    this.#socket = socket;
    createInterface(socket).on("line", (line) => this.#receive(JSON.parse(line)));
    socket.on("error", () => {}); // `close` comes next
    socket.on("close", () => {
      for (const { reject } of this.#waiting.values()) reject(new Error("the connection was closed"));
      this.#waiting.clear();
    });
  }

  /** Asks the database; throws what it has to complain about. */
  query(sql: string, ...values: Value[]): Promise<Row[]> {
    const id = ++this.#queries;
    const query: Query = { id, sql, values };
    const { promise, resolve, reject } = Promise.withResolvers<Row[]>();
    if (!this.#socket.writable) return Promise.reject(new Error("the connection is closed"));
    this.#waiting.set(id, { resolve, reject });
    this.#socket.write(`${JSON.stringify(query)}\n`);
    return promise;
  }

  #receive(result: Result): void {
    const query = this.#waiting.get(result.id);
    this.#waiting.delete(result.id);
    if ("error" in result) query?.reject(new Error(result.error));
    else query?.resolve(result.rows);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#socket.destroyed) return;
    const closed = once(this.#socket, "close");
    this.#socket.destroy();
    await closed;
  }
}
