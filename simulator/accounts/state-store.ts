import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { deserialize, serialize } from "node:v8";

/** Where state outlives the process. What is in memory is always the truth; this only follows it. */
export type StateStore = {
  /** The value is asked for only if it is kept. */
  put(key: string, value: () => unknown): void;
  remove(key: string): void;
  removeAll(prefix: string): void;
  /** Everything whose key starts with the prefix, in key order. */
  load(prefix: string): [key: string, value: unknown][];
  /** All writes of `work` or none. */
  transaction<T>(work: () => T): T;
  close(): void;
};

/** For servers that live and die with their test. */
export const makeForgetfulStore = (): StateStore => ({
  put: () => {},
  remove: () => {},
  removeAll: () => {},
  load: () => [],
  transaction: (work) => work(),
  close: () => {},
});

const afterPrefix = (prefix: string): string => `${prefix}\u{10ffff}`;

/** One table of keys and values in one file; a kill at any instant leaves whole transactions. */
export const openDiskStore = (dataDir: string): StateStore => {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const database = new DatabaseSync(join(dataDir, "simulator.sqlite"));
  database.exec(
    "pragma journal_mode = wal; pragma synchronous = normal; " +
      "create table if not exists state (key text primary key, value blob not null) without rowid",
  );
  const put = database.prepare("insert or replace into state (key, value) values (?, ?)");
  const remove = database.prepare("delete from state where key = ?");
  const removeAll = database.prepare("delete from state where key >= ? and key < ?");
  const load = database.prepare(
    "select key, value from state where key >= ? and key < ? order by key",
  );
  return {
    put: (key, value) => void put.run(key, serialize(value())),
    remove: (key) => void remove.run(key),
    removeAll: (prefix) => void removeAll.run(prefix, afterPrefix(prefix)),
    load: (prefix) =>
      load
        .all(prefix, afterPrefix(prefix))
        .map((row) => [String(row["key"]), deserialize(row["value"] as Uint8Array)]),
    transaction: (work) => {
      if (database.isTransaction) return work();
      database.exec("begin immediate");
      try {
        const result = work();
        database.exec("commit");
        return result;
      } catch (error) {
        database.exec("rollback");
        throw error;
      }
    },
    close: () => database.close(),
  };
};
