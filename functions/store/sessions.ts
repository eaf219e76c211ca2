import { boundSession } from "#functions/auth/caller.ts";
import type { Caller } from "#functions/auth/caller.ts";
import type { EventOf } from "#shared/contracts/event.ts";
import type { SessionReason, SessionState } from "#shared/contracts/session-status.ts";
import { Fault } from "#shared/faults/fault.ts";
import { expiryAt } from "./expiry.ts";
import * as items from "./items.ts";
import type { ItemKey, Table } from "./items.ts";

/** What the API shows of a session: a projection of its events, and never ahead of them. */
export type SessionItem = ItemKey & {
  accountId: string;
  sessionId: string;
  name: string;
  shard: number;
  status: SessionState;
  reason?: SessionReason;
  detail?: string;
  canReconnect: boolean;
  phone?: string;
  lid?: string;
  pushName?: string;
  attempt: number;
  pairingWindowEndsAt?: string;
  lastStatusAt: string;
  /** Sortable cursor of the last event that is in here; older ones change nothing. */
  statusCursor?: string;
  /** Those events as JSON, for subscribers who come later. The QR code's leaves with its state. */
  lastStatusEvent?: string;
  lastQrEvent?: string;
  createdAt: string;
  deletedAt?: string;
  expiresAt?: number;
};

/** How long a deleted session's item stays, invisible, for those who hunt for what happened. */
const deletedForMs = 7 * 24 * 3_600_000;

export const sessionPrefix = "ses#";

export function accountPartition(accountId: string): string {
  return `acc#${accountId}`;
}

export function sessionKey(accountId: string, sessionId: string): ItemKey {
  return { pk: accountPartition(accountId), sk: `${sessionPrefix}${sessionId}` };
}

/** Whether the caller may know of the session. */
export function isVisible(caller: Caller, session: SessionItem): boolean {
  const bound = boundSession(caller);
  return session.deletedAt === undefined && (bound === undefined || bound === session.sessionId);
}

/** @throws {Fault} `not_found` when it is absent, deleted, or not the caller's to see */
export async function require(
  control: Table,
  caller: Caller,
  sessionId: string,
): Promise<SessionItem> {
  const session = await items.find<SessionItem>(control, sessionKey(caller.accountId, sessionId));
  if (session && isVisible(caller, session)) return session;
  throw new Fault("not_found");
}

/** Every session that the caller may see. */
export async function all(control: Table, caller: Caller): Promise<SessionItem[]> {
  const found: SessionItem[] = [];
  const query = items.query<SessionItem>(control, {
    KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
    ExpressionAttributeValues: {
      ":pk": accountPartition(caller.accountId),
      ":prefix": sessionPrefix,
    },
  });
  for await (const session of query) if (isVisible(caller, session)) found.push(session);
  return found;
}

/** Does nothing when the session is there. */
export async function ensure(
  control: Table,
  session: Pick<SessionItem, "accountId" | "sessionId" | "name" | "shard" | "createdAt">,
): Promise<SessionItem> {
  const item: SessionItem = {
    ...sessionKey(session.accountId, session.sessionId),
    ...session,
    status: "inactive",
    canReconnect: true,
    attempt: 0,
    lastStatusAt: session.createdAt,
  };
  await items.create(control, item);
  return item;
}

/** Shows at once that connecting was asked for, unless an event has changed the status meanwhile. */
export async function markConnecting(control: Table, session: SessionItem): Promise<void> {
  await items.update(control, keyOf(session), {
    UpdateExpression:
      "SET #status = :connecting, lastStatusAt = :now REMOVE reason, detail, lastQrEvent",
    ConditionExpression: "#status = :seen AND attribute_not_exists(deletedAt)",
    ExpressionAttributeNames: { "#status": "status" },
    ExpressionAttributeValues: {
      ":connecting": "connecting" satisfies SessionState,
      ":seen": session.status,
      ":now": new Date(control.now()).toISOString(),
    },
  });
}

export async function markDeleted(control: Table, session: SessionItem): Promise<void> {
  await items.update(control, keyOf(session), {
    UpdateExpression: "SET deletedAt = :now, expiresAt = :expiresAt",
    ConditionExpression: "attribute_exists(pk)",
    ExpressionAttributeValues: {
      ":now": new Date(control.now()).toISOString(),
      ":expiresAt": expiryAt(control.now() + deletedForMs),
    },
  });
}

/** The QR code that can be scanned now, if there is one. */
export function currentQr(
  session: SessionItem,
  now: number,
): EventOf<"session.qr_code"> | undefined {
  if (session.lastQrEvent === undefined) return undefined;
  const event = JSON.parse(session.lastQrEvent) as EventOf<"session.qr_code">;
  return Date.parse(event.data.expiresAt) > now ? event : undefined;
}

function keyOf({ pk, sk }: SessionItem): ItemKey {
  return { pk, sk };
}
