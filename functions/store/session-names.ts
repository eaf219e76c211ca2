// The names of an account's sessions are a map on the account's one item, so that "not taken" and
// "below the limit" are one condition of one write.
import { accountKey } from "./accounts.ts";
import type { AccountItem, NamedSession } from "./accounts.ts";
import * as items from "./items.ts";
import type { Table } from "./items.ts";

function freeSlot(
  control: Table,
  accountId: string,
  slot: string,
  sessionId: string,
): Promise<boolean> {
  return items.update(control, accountKey(accountId), {
    UpdateExpression: "REMOVE sessions.#slot",
    ConditionExpression: "sessions.#slot.id = :id",
    ExpressionAttributeNames: { "#slot": slot },
    ExpressionAttributeValues: { ":id": sessionId },
  });
}

type Claim = { accountId: string; name: string; sessionId: string; createdAt: string };

/** Marked, because a name may be anything, `__proto__` too, which no JavaScript object can hold. */
function slotOf(name: string): string {
  return `=${name}`;
}

export function find({ sessions }: AccountItem, name: string): NamedSession | undefined {
  return sessions[slotOf(name)];
}

/** False when the name is taken or the limit is reached. */
export function claim(
  control: Table,
  { accountId, name, sessionId: id, createdAt }: Claim,
  limit: number,
): Promise<boolean> {
  return items.update(control, accountKey(accountId), {
    UpdateExpression: "SET sessions.#name = :session",
    ConditionExpression: "attribute_not_exists(sessions.#name) AND size(sessions) < :limit",
    ExpressionAttributeNames: { "#name": slotOf(name) },
    ExpressionAttributeValues: { ":session": { id, createdAt }, ":limit": limit },
  });
}

/** Gives the session another name; false when that is taken or the old one is not its own. */
export function move(
  control: Table,
  { accountId, name, sessionId, createdAt }: Claim,
  to: string,
): Promise<boolean> {
  return items.update(control, accountKey(accountId), {
    UpdateExpression: "SET sessions.#to = :session REMOVE sessions.#from",
    ConditionExpression: "attribute_not_exists(sessions.#to) AND sessions.#from.id = :id",
    ExpressionAttributeNames: { "#to": slotOf(to), "#from": slotOf(name) },
    ExpressionAttributeValues: { ":session": { id: sessionId, createdAt }, ":id": sessionId },
  });
}

/** Does nothing when the name belongs to another session by now. */
export async function free(
  control: Table,
  { accountId, name, sessionId }: Omit<Claim, "createdAt">,
): Promise<void> {
  if (await freeSlot(control, accountId, slotOf(name), sessionId)) return;
  // A renaming that was cut short has given the session a slot that its item does not know of.
  const account = await items.find<AccountItem>(control, accountKey(accountId));
  const slots = Object.entries(account?.sessions ?? {}).filter(([, { id }]) => id === sessionId);
  for (const [slot] of slots) await freeSlot(control, accountId, slot, sessionId);
}
