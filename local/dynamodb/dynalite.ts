// The typed door to dynalite's insides. Its actions are called in this process without its HTTP
// server, so that a request is parsed once and the items around a write can be read unseen.
import type { WireItem } from "./item-size.ts";
import { requireDynalite } from "./require-dynalite.ts";

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

export type Done<Value> = (error: Error | null, value?: Value) => void;

export type KeyRange = { gte: string; lt: string };

type Section<Value> = {
  get(key: string, done: Done<Value | undefined>): void;
  put(key: string, value: Value, done: Done<void>): void;
  del(key: string, done: Done<void>): void;
};

export type Store = {
  db: {
    open(): Promise<void>;
    close(): Promise<void>;
    values(range: KeyRange): AsyncIterable<unknown>;
    clear(range: KeyRange): Promise<void>;
    batch(writes: { type: "put"; key: string; value: unknown }[]): Promise<void>;
  };
  tableDb: Section<TableRecord>;
  getItemDb(table: string): Section<WireItem>;
  getTable(name: string, checkStatus: boolean, done: Done<TableRecord>): void;
};

type Action = (store: Store, input: unknown, done: Done<Record<string, unknown>>) => void;
type Rules = { types: Record<string, unknown>; custom?: unknown };

export const database = requireDynalite("db") as {
  create(options: Record<string, unknown>): Store;
  createKey(item: WireItem, table: TableRecord): string;
  validateKey(key: WireItem, table: TableRecord): Error | undefined;
  getIndexActions(
    indexes: IndexRecord[],
    before: undefined,
    item: WireItem,
    table: TableRecord,
  ): { puts: { index: string; key: string; item: WireItem }[] };
};

export const validations = requireDynalite("validations") as {
  checkTypes(input: unknown, types: unknown): Record<string, unknown>;
  checkValidations(input: unknown, types: unknown, custom: unknown, store: Store): void;
};

export const operations = new Map(
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
        act: requireDynalite(`actions/${file}`) as Action,
        rules: requireDynalite(`validations/${file}`) as Rules,
      },
    ] as const;
  }),
);
