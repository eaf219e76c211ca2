// "At least one owner" speaks of several items. Changes of an account's users therefore take turns:
// the lock is an attribute of the account, and ends by itself should its holder crash.
import { Fault } from "#shared/faults/fault.ts";
import { accountKey } from "./accounts.ts";
import * as items from "./items.ts";
import type { Table } from "./items.ts";

/** No Lambda of ours may run that long, so two holders never work at the same time. */
const holdMs = 30_000;

/** @throws {Fault} `change_in_progress` when another change holds the lock */
export async function whileLocked<Result>(
  control: Table,
  accountId: string,
  change: () => Promise<Result>,
): Promise<Result> {
  const until = control.now() + holdMs;
  const held = await items.update(control, accountKey(accountId), {
    UpdateExpression: "SET teamLockedUntil = :until",
    ConditionExpression:
      "attribute_exists(pk) AND (attribute_not_exists(teamLockedUntil) OR teamLockedUntil <= :now)",
    ExpressionAttributeValues: { ":until": until, ":now": control.now() },
  });
  if (!held) throw new Fault("change_in_progress", { headers: { "retry-after": "1" } });
  try {
    return await change();
  } finally {
    // Should this fail, the lock ends by itself; what counts is how the change went.
    await release(control, accountId, until).catch(() => undefined);
  }
}

async function release(control: Table, accountId: string, until: number): Promise<void> {
  await items.update(control, accountKey(accountId), {
    UpdateExpression: "REMOVE teamLockedUntil",
    ConditionExpression: "teamLockedUntil = :until",
    ExpressionAttributeValues: { ":until": until },
  });
}
