import { inflateSync } from "node:zlib";
import type { Table } from "#functions/store/items.ts";
import { unpackText } from "#functions/store/packed-text.ts";
import { ScanCommand } from "@aws-sdk/lib-dynamodb";

/** Everything that a table holds but counts of requests, as readable text. */
export async function allItems({ client, name }: Table): Promise<string> {
  const { Items = [] } = await client.send(new ScanCommand({ TableName: name }));
  const kept = Items.filter(({ pk }) => !String(pk).startsWith("rate#"));
  return JSON.stringify(kept, (_, value: unknown) =>
    value instanceof Uint8Array ? toText(value) : value,
  );
}

/** What is packed would hide what a test looks for. */
function toText(bytes: Uint8Array): string {
  for (const unpack of [unpackText, (packed: Uint8Array) => inflateSync(packed).toString()]) {
    try {
      return unpack(bytes);
    } catch {
      // It is packed in another way.
    }
  }
  return Buffer.from(bytes).toString("latin1");
}
