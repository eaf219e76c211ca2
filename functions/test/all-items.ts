import type { Table } from "#functions/store/items.ts";
import { ScanCommand } from "@aws-sdk/lib-dynamodb";

/** Everything that a table holds but counts of requests, as readable text. */
export async function allItems({ client, name }: Table): Promise<string> {
  const { Items = [] } = await client.send(new ScanCommand({ TableName: name }));
  const kept = Items.filter(({ pk }) => !String(pk).startsWith("rate#"));
  return JSON.stringify(kept, (_, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : value,
  );
}
