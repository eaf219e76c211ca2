import type { Table } from "#functions/store/items.ts";
import { ScanCommand } from "@aws-sdk/lib-dynamodb";

/** Everything that a table holds, as readable text. */
export async function allItems({ client, name }: Table): Promise<string> {
  const { Items = [] } = await client.send(new ScanCommand({ TableName: name }));
  return JSON.stringify(Items, (_, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : value,
  );
}
