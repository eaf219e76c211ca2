import { boundSession } from "#functions/auth/caller.ts";
import type { Caller } from "#functions/auth/caller.ts";
import type { EventOf } from "#shared/contracts/event.ts";
import type { SessionLimit } from "#shared/contracts/notice.ts";
import { defaultSettings } from "#shared/contracts/session-settings.ts";
import type { SessionSettings } from "#shared/contracts/session-settings.ts";
import type { SessionReason, SessionState } from "#shared/contracts/session-status.ts";
import { Fault } from "#shared/faults/fault.ts";
import { expiryAt } from "./expiry.ts";
import * as items from "./items.ts";
import { toUpdate } from "./to-update.ts";
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
  /** Those events as JSON, for subscribers who come later. A code's leaves with its state. */
  lastStatusEvent?: string;
  lastCodeEvent?: string;
  /** What the tenant chose; the defaults where it did not. */
  settings?: Partial<SessionSettings>;
  /** Names the last change of name or settings. */
  revision?: string;
  /** The bundle that the credentials went into: until it is imported, nobody may connect here. */
  exportedBundle?: string;
  /** The bundle that is being imported here. */
  importing?: string;
  /** Digits of the phone that the last connect was to link by a code. */
  askedPhone?: string;
  /** What holds new chats back now. */
  limit?: SessionLimit;
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
  session: Pick<
    SessionItem,
    "accountId" | "sessionId" | "name" | "shard" | "createdAt" | "settings"
  >,
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

/**
 * Shows at once that connecting was asked for. Of many who ask at the same time, one; the others
 * get false, as does whoever was overtaken by an event.
 */
export function beginConnecting(
  control: Table,
  session: SessionItem,
  askedPhone: string | undefined,
): Promise<boolean> {
  const phone = askedPhone === undefined ? "" : ", askedPhone = :phone";
  const gone = askedPhone === undefined ? ", askedPhone" : "";
  return items.update(control, keyOf(session), {
    UpdateExpression:
      `SET #status = :connecting, lastStatusAt = :now${phone} ` +
      `REMOVE reason, detail, lastCodeEvent, importing${gone}`,
    ConditionExpression:
      "#status = :seen AND lastStatusAt = :seenAt AND attribute_not_exists(deletedAt)",
    ExpressionAttributeNames: { "#status": "status" },
    ExpressionAttributeValues: {
      ":connecting": "connecting" satisfies SessionState,
      ":seen": session.status,
      ":seenAt": session.lastStatusAt,
      ...(askedPhone !== undefined && { ":phone": askedPhone }),
      ":now": new Date(control.now()).toISOString(),
    },
  });
}

/**
 * Shows at once that connecting was called off: where no worker had taken it up, no event tells. False
 * when something has happened since the session was read.
 */
export function endConnecting(control: Table, session: SessionItem): Promise<boolean> {
  return items.update(control, keyOf(session), {
    UpdateExpression:
      "SET #status = :inactive, reason = :reason, canReconnect = :yes, lastStatusAt = :now " +
      "REMOVE detail, lastCodeEvent",
    ConditionExpression: "#status = :connecting AND lastStatusAt = :seenAt",
    ExpressionAttributeNames: { "#status": "status" },
    ExpressionAttributeValues: {
      ":connecting": "connecting" satisfies SessionState,
      ":inactive": "inactive" satisfies SessionState,
      ":reason": "stopped_by_user" satisfies SessionReason,
      ":yes": true,
      ":seenAt": session.lastStatusAt,
      ":now": new Date(control.now()).toISOString(),
    },
  });
}

/** From now on nobody connects here. Of many who ask at once, one begins; all get its bundle. */
export async function beginExport(
  control: Table,
  session: SessionItem,
  bundleId: string,
): Promise<string> {
  const begun = await items.update(control, keyOf(session), {
    UpdateExpression: "SET exportedBundle = :bundle REMOVE importing",
    ConditionExpression: "attribute_not_exists(exportedBundle) AND attribute_not_exists(deletedAt)",
    ExpressionAttributeValues: { ":bundle": bundleId },
  });
  if (begun) return bundleId;
  const now = await items.find<SessionItem>(control, keyOf(session));
  if (now?.exportedBundle !== undefined) return now.exportedBundle;
  throw new Fault("not_found");
}

/** Sets these attributes of the session itself; null removes one. False when it is gone. */
export function change(
  control: Table,
  session: SessionItem,
  attributes: Partial<Record<keyof SessionItem, unknown>>,
): Promise<boolean> {
  return items.update(control, keyOf(session), {
    ...toUpdate(attributes),
    ConditionExpression: "attribute_exists(pk) AND attribute_not_exists(deletedAt)",
  });
}

/** Sets name and settings; false when somebody else did since it was read, or it is gone. */
export function revise(
  control: Table,
  session: SessionItem,
  change: Required<Pick<SessionItem, "name" | "settings" | "revision">>,
): Promise<boolean> {
  const { revision: seen } = session;
  const update = toUpdate(change);
  const isSame = seen === undefined ? "attribute_not_exists(#revision)" : "#revision = :seen";
  return items.update(control, keyOf(session), {
    ...update,
    ConditionExpression: `attribute_exists(pk) AND attribute_not_exists(deletedAt) AND ${isSame}`,
    ExpressionAttributeValues: {
      ...update.ExpressionAttributeValues,
      ...(seen !== undefined && { ":seen": seen }),
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

export type CodeEvent = EventOf<"session.qr_code"> | EventOf<"session.pairing_code">;

/** The code that can be scanned or typed now, if there is one. */
export function currentCode(session: SessionItem, now: number): CodeEvent | undefined {
  if (session.lastCodeEvent === undefined) return undefined;
  const event = JSON.parse(session.lastCodeEvent) as CodeEvent;
  return Date.parse(event.data.expiresAt) > now ? event : undefined;
}

/** The QR code that can be scanned now, if there is one. */
export function currentQr(
  session: SessionItem,
  now: number,
): EventOf<"session.qr_code"> | undefined {
  const event = currentCode(session, now);
  return event?.type === "session.qr_code" ? event : undefined;
}

/** Settings with those that a request gives in place of the present ones. */
export function withSettings(
  present: SessionSettings,
  given: { [Name in keyof SessionSettings]?: SessionSettings[Name] | undefined } = {},
): SessionSettings {
  const chosen = Object.entries(given).filter(([, value]) => value !== undefined);
  return { ...present, ...Object.fromEntries(chosen) };
}

export function settingsOf({ settings }: SessionItem): SessionSettings {
  return { ...defaultSettings, ...settings };
}

/** How long a session's messages are kept, where the deployment keeps them so many days. */
export function retentionDays({ settings }: SessionItem, usual: number): number {
  return settings?.retentionDays ?? usual;
}

function keyOf({ pk, sk }: SessionItem): ItemKey {
  return { pk, sk };
}
