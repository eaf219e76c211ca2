// Tallies are in the `messages` table: an item a session and day, and one that says that a session
// has something to be counted.
import type { Tally } from "#functions/count/tally.ts";
import { expiryAt } from "./expiry.ts";
import * as items from "./items.ts";
import type { ItemKey, Table } from "./items.ts";

export type TallyItem = ItemKey & Tally & { accountId: string; sessionId: string };

export type Owner = { accountId: string; sessionId: string };

const keptMs = 400 * 24 * 3_600_000;
const dueKeptMs = 10 * 24 * 3_600_000;

function tallyKey({ accountId, sessionId }: Owner, day: string): ItemKey {
  return { pk: `tally#${accountId}`, sk: `${sessionId}#${day}` };
}

/** A session's newest day. */
export async function newest(messages: Table, owner: Owner): Promise<TallyItem | undefined> {
  const { pk, sk } = tallyKey(owner, "");
  const found = items.query<TallyItem>(messages, {
    KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
    ExpressionAttributeValues: { ":pk": pk, ":prefix": sk },
    ScanIndexForward: false,
    Limit: 1,
  });
  for await (const item of found) return item;
  return undefined;
}

/** Every day of an account, or of one of its sessions: session by session, oldest first. */
export function ofAccount(
  messages: Table,
  accountId: string,
  sessionId = "",
): Promise<TallyItem[]> {
  return Array.fromAsync(
    items.query<TallyItem>(messages, {
      KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
      ExpressionAttributeValues: { ":pk": `tally#${accountId}`, ":prefix": sessionId },
    }),
  );
}

/** A session's days of a period, both ends included, oldest first. */
export function ofPeriod(
  messages: Table,
  owner: Owner,
  from: string,
  to: string,
): Promise<TallyItem[]> {
  const { pk, sk } = tallyKey(owner, from);
  return Array.fromAsync(between(messages, { pk, from: sk, to: tallyKey(owner, to).sk }));
}

/** Sessions that were counted, whose ids are between these two: a small read each, and one. */
export async function sessionsBetween(
  messages: Table,
  accountId: string,
  {
    after,
    before,
    limit,
  }: { after: string | undefined; before: string | undefined; limit: number },
): Promise<string[]> {
  const pk = `tally#${accountId}`;
  const found: string[] = [];
  while (found.length < limit) {
    const last = found.at(-1) ?? after;
    const from = last === undefined ? "!" : `${last}#~`;
    const rest = between(messages, { pk, from, to: before ?? "~", Limit: 1 });
    const { value } = await rest.next();
    if (!value) break;
    found.push(value.sessionId);
  }
  return found;
}

function between(
  messages: Table,
  { pk, from, to, ...more }: { pk: string; from: string; to: string; Limit?: number },
): AsyncGenerator<TallyItem> {
  return items.query<TallyItem>(messages, {
    KeyConditionExpression: "pk = :pk AND sk BETWEEN :from AND :to",
    ExpressionAttributeValues: { ":pk": pk, ":from": from, ":to": to },
    ...more,
  });
}

/** False when somebody else has counted further meanwhile: nothing is changed then. */
export function put(
  messages: Table,
  owner: Owner,
  tally: Tally,
  from: string | undefined,
): Promise<boolean> {
  const { accountId, sessionId } = owner;
  // Owner and tally may be items themselves: their keys are not this one's.
  const item = {
    ...tally,
    accountId,
    sessionId,
    ...tallyKey(owner, tally.day),
    expiresAt: expiryAt(messages.now() + keptMs),
  };
  if (from === undefined) return items.create(messages, item);
  return items.put(messages, item, {
    ConditionExpression: "upTo = :from",
    ExpressionAttributeValues: { ":from": from },
  });
}

type DueItem = ItemKey & Owner;

/** Notes that something of a session happened on a day that may not be counted by itself. */
export async function noteDue(messages: Table, owner: Owner, day: string): Promise<void> {
  await items.put(messages, {
    ...owner,
    pk: `tallydue#${day}`,
    sk: owner.sessionId,
    expiresAt: expiryAt(messages.now() + dueKeptMs),
  } as ItemKey);
}

export function due(messages: Table, day: string): AsyncGenerator<DueItem> {
  return items.query<DueItem>(messages, {
    KeyConditionExpression: "pk = :pk",
    ExpressionAttributeValues: { ":pk": `tallydue#${day}` },
  });
}

export function settleDue(messages: Table, { pk, sk }: DueItem): Promise<void> {
  return items.remove(messages, { pk, sk });
}
