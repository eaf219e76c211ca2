// Which phones are on WhatsApp, as it said within the last day.
import type { AnswerOf } from "#shared/contracts/question.ts";
import { expiryAt } from "./expiry.ts";
import * as items from "./items.ts";
import type { ItemKey, Table } from "./items.ts";

export type Checked = AnswerOf<"contacts.check">["data"][number];

type CheckItem = ItemKey & Checked & { accountId: string; expiresAt: number };

const keptMs = 24 * 3_600_000;

export async function find(
  messages: Table,
  sessionId: string,
  asked: string[],
): Promise<Map<string, Checked>> {
  const keys = [...new Set(asked)].map((jid) => checkKey(sessionId, jid));
  const found = await items.findMany<CheckItem>(messages, keys);
  return new Map(
    found.map(({ asked: jid, onWhatsapp, contact }) => [jid, { asked: jid, onWhatsapp, contact }]),
  );
}

export async function put(
  messages: Table,
  { sessionId, accountId }: { sessionId: string; accountId: string },
  checked: Checked,
): Promise<void> {
  const expiresAt = expiryAt(messages.now() + keptMs);
  await items.put(messages, {
    ...checkKey(sessionId, checked.asked),
    ...checked,
    accountId,
    expiresAt,
  } as CheckItem);
}

export function remove(messages: Table, sessionId: string, jid: string): Promise<void> {
  return items.remove(messages, checkKey(sessionId, jid));
}

function checkKey(sessionId: string, jid: string): ItemKey {
  return { pk: sessionId, sk: `k#${jid}` };
}
