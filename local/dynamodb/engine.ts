// The only door to dynalite. Its actions are called in this process without its HTTP server, so
// that a request is parsed once and the items around a write can be read without being seen.
import { mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import type { WireItem } from "./item-size.ts";

export type Answer = { status: number; body: Record<string, unknown> };

export type TableRecord = {
  TableName: string;
  TableStatus: string;
  KeySchema: { AttributeName: string }[];
  GlobalSecondaryIndexes?: IndexRecord[];
  LocalSecondaryIndexes?: IndexRecord[];
};

export type IndexRecord = {
  IndexName: string;
  KeySchema: { AttributeName: string }[];
  Projection: { ProjectionType: string; NonKeyAttributes?: string[] };
};

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

type Done<Value> = (error: Error | null, value?: Value) => void;

type Section<Value> = {
  get(key: string, done: Done<Value | undefined>): void;
  put(key: string, value: Value, done: Done<void>): void;
  del(key: string, done: Done<void>): void;
};

type Store = {
  db: { open(): Promise<void>; close(): Promise<void> };
  tableDb: Section<TableRecord>;
  getItemDb(table: string): Section<WireItem>;
  getTable(name: string, checkStatus: boolean, done: Done<TableRecord>): void;
};

type Action = (store: Store, input: unknown, done: Done<Record<string, unknown>>) => void;
type Rules = { types: Record<string, unknown>; custom?: unknown };

const load = createRequire(import.meta.url);

const database = load("dynalite/db") as {
  create(options: Record<string, unknown>): Store;
  createKey(item: WireItem, table: TableRecord): string;
  validateKey(key: WireItem, table: TableRecord): Error | undefined;
};

const validations = load("dynalite/validations") as {
  checkTypes(input: unknown, types: unknown): Record<string, unknown>;
  checkValidations(input: unknown, types: unknown, custom: unknown, store: Store): void;
};

const operations = new Map(
  [
    "BatchGetItem",
    "BatchWriteItem",
    "CreateTable",
    "DeleteItem",
    "DeleteTable",
    "DescribeTable",
    "GetItem",
    "ListTables",
    "ListTagsOfResource",
    "PutItem",
    "Query",
    "Scan",
    "TagResource",
    "UntagResource",
    "UpdateItem",
    "UpdateTable",
  ].map((name) => {
    const file = name.charAt(0).toLowerCase() + name.slice(1);
    return [
      name,
      {
        act: load(`dynalite/actions/${file}`) as Action,
        rules: load(`dynalite/validations/${file}`) as Rules,
      },
    ] as const;
  }),
);

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
