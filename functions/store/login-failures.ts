// Failed sign-ins by email, registered or not, so that the answer says nothing about which are, and
// by address. Beyond some free ones each failure closes the door twice as long as the one before.
import { Fault } from "#shared/faults/fault.ts";
import { expiryAt } from "./expiry.ts";
import * as items from "./items.ts";
import type { ItemKey, Table } from "./items.ts";

type FailuresItem = ItemKey & { failures: number; lockedUntil: number; expiresAt: number };

export type Who = { kind: "email" | "ip"; value: string };

/** Many people may share an address. */
const freeFailures: Record<Who["kind"], number> = { email: 10, ip: 50 };
const firstLockMs = 30_000;
/** Longer would let a stranger keep the owner of an email out with little effort. */
const longestLockMs = 15 * 60_000;
const memoryMs = 24 * 3_600_000;
const tries = 10;

function failuresKey({ kind, value }: Who): ItemKey {
  return { pk: `failures#${kind}#${value}`, sk: "failures" };
}

/** @throws {Fault} `rate_limited` while the door is closed */
export async function requireOpen(logins: Table, who: Who): Promise<void> {
  await findOpen(logins, who);
}

/**
 * Counts a failure. Counted before the password is looked at, no number of requests at once gets
 * more tries than one after the other would.
 * @throws {Fault} `rate_limited` while the door is closed
 */
export async function count(logins: Table, who: Who): Promise<void> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const seen = await findOpen(logins, who);
    const failures = (seen?.failures ?? 0) + 1;
    const lockedUntil = logins.now() + lockMs(failures - freeFailures[who.kind]);
    const expiresAt = expiryAt(lockedUntil + memoryMs);
    const item: FailuresItem = { ...failuresKey(who), failures, lockedUntil, expiresAt };
    const written = await items.put(logins, item, {
      ConditionExpression: "attribute_not_exists(pk) OR failures = :seen OR expiresAt <= :now",
      ExpressionAttributeValues: {
        ":seen": seen?.failures ?? 0,
        ":now": expiryAt(logins.now()),
      },
    });
    if (written) return;
  }
  throw closedFor(1000);
}

export function clear(logins: Table, who: Who): Promise<void> {
  return items.remove(logins, failuresKey(who));
}

async function findOpen(logins: Table, who: Who): Promise<FailuresItem | undefined> {
  const found = await items.find<FailuresItem>(logins, failuresKey(who));
  const waitMs = (found?.lockedUntil ?? 0) - logins.now();
  if (waitMs > 0) throw closedFor(waitMs);
  return found;
}

function lockMs(beyondFree: number): number {
  return beyondFree <= 0 ? 0 : Math.min(firstLockMs * 2 ** (beyondFree - 1), longestLockMs);
}

function closedFor(waitMs: number): Fault {
  const seconds = String(Math.max(1, Math.ceil(waitMs / 1000)));
  return new Fault("rate_limited", {
    detail: `Signing in failed too often. Try again in ${seconds} seconds.`,
    headers: { "retry-after": seconds },
  });
}
