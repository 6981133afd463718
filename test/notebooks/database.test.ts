import { gather, getRunningLoop, run } from "loopbook";
import { VirtualClock } from "loopbook/testing";
import { expect, test } from "vitest";
import { Connection, startDatabase } from "../../notebooks/server/database.ts";

const port = await startDatabase();

/** Runs what uses a connection on a virtual clock, on which the server's delays are too. */
function connected<T>(use: (database: Connection) => Promise<T>): Promise<T> {
  const main = async (): Promise<T> => {
    await using database = await Connection.open(port);
    return await use(database);
  };
  return run(main, { clock: new VirtualClock() });
}

test("a query returns rows, as objects by column", async () => {
  const rows = await connected((database) => database.query("SELECT name, people FROM cities WHERE country = 'Peru'"));
  expect(rows).toEqual([
    { name: "Lima", people: 11044000 },
    { name: "Cusco", people: 428000 },
  ]);
});

test("values are given apart from the text, and are never a part of it", async () => {
  const named = (database: Connection, name: string) => database.query("SELECT * FROM cities WHERE name = ?", name);
  expect(await connected((database) => named(database, "Osaka"))).toMatchObject([{ country: "Japan" }]);
  expect(await connected((database) => named(database, "' OR 1=1 --"))).toEqual([]);
});

test("what the database has to complain about is thrown, and the connection goes on", async () => {
  const [complaint, rows] = await connected(async (database) => [
    await database.query("SELECT * FROM nowhere").catch((error: Error) => error.message),
    await database.query("SELECT count(*) AS n FROM cities"),
  ]);
  expect(complaint).toBe("no such table: nowhere");
  expect(rows).toEqual([{ n: 6 }]);
});

test("queries over one connection overlap, and each gets its own rows", async () => {
  const [rows, seconds] = await connected(async (database) => {
    const { clock } = getRunningLoop();
    const start = clock.time();
    const counts = await gather(...["Japan", "Peru", "Nigeria"].map((country) => peopleOf(database, country)));
    return [counts, clock.time() - start] as const;
  });
  expect(rows).toEqual([56334000, 11472000, 19491000]);
  expect(seconds).toBe(0.3); // as long as one
});

async function peopleOf(database: Connection, country: string): Promise<number> {
  const [row] = await database.query("SELECT sum(people) AS people FROM cities WHERE country = ?", country);
  return Number(row?.people);
}

test("closing ends the queries that are on their way, and refuses others", async () => {
  const database = await Connection.open(port);
  const waiting = database.query("SELECT 1").catch((error: Error) => error.message);
  await database[Symbol.asyncDispose]();
  expect(await waiting).toBe("the connection was closed");
  await expect(database.query("SELECT 1")).rejects.toThrow("the connection is closed");
  await database[Symbol.asyncDispose](); // once more does no harm
});

test("a port where nobody listens is an error", async () => {
  await expect(Connection.open(1)).rejects.toThrow(/ECONNREFUSED/);
});
