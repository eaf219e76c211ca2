import { mkdir } from "node:fs/promises";
import {
  database,
  type Done,
  operations,
  type Store,
  type TableRecord,
  validations,
} from "./dynalite.ts";
import type { WireItem } from "./item-size.ts";
import { rebuildIndexes } from "./rebuild-indexes.ts";

export type Answer = { status: number; body: Record<string, unknown> };

export type Engine = {
  knows(operation: string): boolean;
  run(operation: string, input: Record<string, unknown>): Promise<Answer>;
  findTable(name: string): Promise<TableRecord | undefined>;
  forgetTable(name: string): Promise<void>;
  /** The item's place in its table; undefined when the key does not fit the table. */
  findKey(table: TableRecord, keyOrItem: WireItem): string | undefined;
  findItem(table: TableRecord, key: string): Promise<WireItem | undefined>;
  /** Small values beside the tables, in a space that no table can be named after. */
  findNote(name: string): Promise<WireItem | undefined>;
  putNote(name: string, note: WireItem): Promise<void>;
  close(): Promise<void>;
};

const notes = "#notes";

/** Opens the database: on disk when a folder is given, else in memory. */
export async function openEngine(folder?: string): Promise<Engine> {
  if (folder) await mkdir(folder, { recursive: true });
  const store = database.create({
    createTableMs: 0,
    deleteTableMs: 0,
    updateTableMs: 0,
    ...(folder && { path: folder }),
  });
  await store.db.open();
  if (folder) await rebuildIndexes(store);
  return {
    knows: (operation) => operations.has(operation),
    run: (operation, input) => runOperation(store, operation, input),
    findTable: (name) =>
      call<TableRecord>((done) => store.getTable(name, false, done)).catch(() => undefined),
    forgetTable: (name) => call<void>((done) => store.tableDb.del(name, done)),
    findKey: (table, keyOrItem) => findKey(table, keyOrItem),
    findItem: (table, key) => call((done) => store.getItemDb(table.TableName).get(key, done)),
    findNote: (name) => call((done) => store.getItemDb(notes).get(name, done)),
    putNote: (name, note) => call<void>((done) => store.getItemDb(notes).put(name, note, done)),
    close: () => store.db.close(),
  };
}

async function runOperation(
  store: Store,
  name: string,
  input: Record<string, unknown>,
): Promise<Answer> {
  const operation = operations.get(name);
  if (!operation) throw new Error(`${name} is not an operation of the local DynamoDB`);
  const { act, rules } = operation;
  try {
    const checked = validations.checkTypes(input, rules.types);
    validations.checkValidations(checked, rules.types, rules.custom, store);
    const body = await call<Record<string, unknown>>((done) => act(store, checked, done));
    return { status: 200, body: body ?? {} };
  } catch (error) {
    if (isRefusal(error)) return { status: error.statusCode, body: error.body };
    throw error;
  }
}

function findKey(table: TableRecord, keyOrItem: WireItem): string | undefined {
  const key: WireItem = {};
  for (const { AttributeName: name } of table.KeySchema) {
    const value = keyOrItem[name];
    if (value === undefined) return undefined;
    key[name] = value;
  }
  return database.validateKey(key, table) ? undefined : database.createKey(key, table);
}

function isRefusal(
  error: unknown,
): error is { statusCode: number; body: Record<string, unknown> } & Error {
  return error instanceof Error && "statusCode" in error && "body" in error;
}

function call<Value>(start: (done: Done<Value>) => void): Promise<Value> {
  return new Promise((resolve, reject) => {
    start((error, value) => {
      if (error) reject(error);
      else resolve(value as Value);
    });
  });
}
