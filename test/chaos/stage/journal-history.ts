import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import type { Stage } from "./stage.ts";

type Row = { seq: number; epoch: number; kind: string; writtenAt: number };

/** What is wrong with a session's journal as it stands in the table. */
export async function findJournalFaults(stage: Stage, sessionId: string): Promise<string[]> {
  const rows = await readJournal(stage, sessionId);
  return rows.flatMap((row, index) => {
    const before = rows[index - 1];
    if (!before) return [];
    const where = `journal of ${sessionId} at ${row.seq}`;
    if (row.seq !== before.seq + 1) return [`${where}: an entry before it is missing`];
    const step = row.kind === "claim" ? 1 : 0;
    return row.epoch === before.epoch + step
      ? []
      : [`${where}: ${row.kind} of epoch ${row.epoch} after one of epoch ${before.epoch}`];
  });
}

export async function readJournal(stage: Stage, sessionId: string): Promise<Row[]> {
  const rows: Row[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const page = await stage.database.send(
      new QueryCommand({
        TableName: "journal",
        KeyConditionExpression: "sessionId = :session AND seq > :head",
        ExpressionAttributeValues: { ":session": sessionId, ":head": 0 },
        ProjectionExpression: "seq, epoch, kind, writtenAt",
        ConsistentRead: true,
        ...(from ? { ExclusiveStartKey: from } : {}),
      }),
    );
    rows.push(...((page.Items ?? []) as Row[]));
    from = page.LastEvaluatedKey;
  } while (from);
  return rows;
}
