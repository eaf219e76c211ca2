// The names of an account's sessions are a map on the account's one item, so that "not taken" and
// "below the limit" are one condition of one write.
import { accountKey } from "./accounts.ts";
import type { AccountItem, NamedSession } from "./accounts.ts";
import * as items from "./items.ts";
import type { Table } from "./items.ts";

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

/** Does nothing when the name belongs to another session by now. */
export async function free(
  control: Table,
  { accountId, name, sessionId }: Omit<Claim, "createdAt">,
): Promise<void> {
  await items.update(control, accountKey(accountId), {
    UpdateExpression: "REMOVE sessions.#name",
    ConditionExpression: "sessions.#name.id = :id",
    ExpressionAttributeNames: { "#name": slotOf(name) },
    ExpressionAttributeValues: { ":id": sessionId },
  });
}
