import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import {
  BatchWriteCommand,
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import { tables as tableSpecs } from "#shared/resources/tables.ts";
import type { TableName } from "#shared/resources/tables.ts";
import type { CallStore } from "./call-store.ts";
import { meets, updated } from "./expressions.ts";
import type { Item } from "./expressions.ts";
import { ItemHistory } from "./item-history.ts";
import type { SimulatedProcess, World } from "./world.ts";

export type SimulatedDynamodb = {
  /** A client that tries so often by itself. */
  client(attempts: number): DynamoDBDocumentClient;
  items(table: TableName): IterableIterator<Item>;
  find(table: TableName, key: Item): Item | undefined;
  put(table: TableName, item: Item): void;
  remove(table: TableName, key: Item): void;
  /** Called when a put has taken effect, with the process that had asked for it. */
  onPut(
    listener: (table: TableName, item: Item, writer: SimulatedProcess | undefined) => void,
  ): void;
};

const timeoutMs = 2_000;

export function createSimulatedDynamodb(world: World, call: CallStore): SimulatedDynamodb {
  const tables = new Map<string, Map<string, Item>>();
  const history = new Map<string, ItemHistory>();
  /** As many as a page has at most, whatever was asked for. */
  const pageLimit = world.random.pick([3, 20, 1_000]);
  const indexLagMs = world.random.pick([0, 20, 200]);
  let onPut: Parameters<SimulatedDynamodb["onPut"]>[0] = () => undefined;

  const tableOf = (table: string): Map<string, Item> => {
    let rows = tables.get(table);
    if (!rows) tables.set(table, (rows = new Map()));
    return rows;
  };
  const write = (table: string, key: string, item: Item | undefined): void => {
    const rows = tableOf(table);
    historyOf(table).note(key, rows.get(key));
    if (item) rows.set(key, item);
    else rows.delete(key);
  };
  const historyOf = (table: string): ItemHistory => {
    let known = history.get(table);
    if (!known) history.set(table, (known = new ItemHistory(world)));
    return known;
  };
  const keyOf = (table: string, item: Item): string => {
    const { partitionKey, sortKey } = keysOf(table);
    return `${String(item[partitionKey])}\n${String(item[sortKey])}`;
  };
  const keysOf = (table: string) => {
    const { partitionKey, sortKey } = tableSpecs[table as TableName];
    return { partitionKey: partitionKey.name, sortKey: sortKey.name };
  };

  function check(condition: string | undefined, item: Item | undefined, input: object): void {
    if (meets(condition, item, input)) return;
    throw new ConditionalCheckFailedException({ message: "condition failed", $metadata: {} });
  }

  function execute(command: object, writer: SimulatedProcess | undefined): object {
    if (command instanceof PutCommand) {
      const { TableName = "", Item = {}, ConditionExpression } = command.input;
      const key = keyOf(TableName, Item);
      check(ConditionExpression, tableOf(TableName).get(key), command.input);
      write(TableName, key, { ...Item });
      onPut(TableName as TableName, Item, writer);
      return {};
    }
    if (command instanceof GetCommand) {
      const { TableName = "", Key = {} } = command.input;
      const item = tableOf(TableName).get(keyOf(TableName, Key));
      return item ? { Item: { ...item } } : {};
    }
    if (command instanceof UpdateCommand) {
      const {
        TableName = "",
        Key = {},
        ConditionExpression,
        UpdateExpression = "",
      } = command.input;
      const key = keyOf(TableName, Key);
      const item = tableOf(TableName).get(key);
      check(ConditionExpression, item, command.input);
      world.note(`${writer?.id}: ${UpdateExpression} at ${key.split("\n")[1]}`);
      write(TableName, key, updated(UpdateExpression, item ?? { ...Key }, command.input));
      // The whole item, where only what was updated is asked for.
      return command.input.ReturnValues === "UPDATED_OLD" ? { Attributes: { ...item } } : {};
    }
    if (command instanceof DeleteCommand) {
      const { TableName = "", Key = {}, ConditionExpression } = command.input;
      const key = keyOf(TableName, Key);
      check(ConditionExpression, tableOf(TableName).get(key), command.input);
      write(TableName, key, undefined);
      return {};
    }
    if (command instanceof BatchWriteCommand) {
      for (const [table, requests] of Object.entries(command.input.RequestItems ?? {})) {
        for (const { DeleteRequest, PutRequest } of requests) {
          const { Item } = PutRequest ?? {};
          write(table, keyOf(table, Item ?? DeleteRequest?.Key ?? {}), Item);
        }
      }
      return {};
    }
    if (command instanceof QueryCommand) return query(command);
    throw new Error(`the simulated store does not know ${command.constructor.name}`);
  }

  function query({ input }: QueryCommand): object {
    const { TableName = "", KeyConditionExpression, IndexName, Limit, ExclusiveStartKey } = input;
    const { sortKey } = keysOf(TableName);
    const rows = tableOf(TableName);
    const held = IndexName
      ? historyOf(TableName).asOf(rows, world.random.next() * indexLagMs)
      : [...rows.values()];
    const start = ExclusiveStartKey?.[sortKey];
    const found = held
      .filter((item) => meets(KeyConditionExpression, item, input))
      .filter((item) => start === undefined || compare(item[sortKey], start) > 0)
      .sort((a, b) => compare(a[sortKey], b[sortKey]));
    const page = Limit === undefined ? found : found.slice(0, Math.min(Limit, pageLimit));
    const last = page.at(-1);
    return {
      Items: page.map((item) => ({ ...item })),
      ...(last && page.length < found.length && { LastEvaluatedKey: keyItem(TableName, last) }),
    };
  }

  function keyItem(table: string, item: Item): Item {
    const { partitionKey, sortKey } = keysOf(table);
    return { [partitionKey]: item[partitionKey], [sortKey]: item[sortKey] };
  }

  return {
    client(attempts) {
      const client = {
        send(command: object) {
          const writer = world.current;
          const name = nameOf(command);
          return call(name, () => execute(command, writer), { attempts, timeoutMs });
        },
      };
      return client as unknown as DynamoDBDocumentClient;
    },
    items: (table) => tableOf(table).values(),
    find: (table, key) => tableOf(table).get(keyOf(table, key)),
    put: (table, item) => write(table, keyOf(table, item), item),
    remove: (table, key) => write(table, keyOf(table, key), undefined),
    onPut: (listener) => (onPut = listener),
  };
}

function nameOf(command: object): string {
  const { TableName = "" } = (command as { input: { TableName?: string } }).input;
  return `${command.constructor.name.replace("Command", "")} ${TableName}`;
}

function compare(a: unknown, b: unknown): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (a === b) return 0;
  return String(a) < String(b) ? -1 : 1;
}
