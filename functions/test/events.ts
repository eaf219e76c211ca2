import { randomUUID } from "node:crypto";
import type { EventDraft, EventOf, WafleetEvent } from "#shared/contracts/event.ts";
import { eventSchema } from "#shared/contracts/event.ts";
import type { SessionReason, SessionState } from "#shared/contracts/session-status.ts";
import { newId } from "#shared/ids.ts";
import type { SQSRecord } from "aws-lambda";
import { context } from "./start-system.ts";
import type { System } from "./start-system.ts";

export type Owner = { sessionId: string; accountId: string };

export function makeEvent(owner: Owner, cursor: string, draft: EventDraft): WafleetEvent {
  const { sessionId, accountId } = owner;
  const at = new Date().toISOString();
  return eventSchema.parse({ id: newId("event"), cursor, sessionId, accountId, at, ...draft });
}

export function statusDraft(status: SessionState, reason: SessionReason | null = null): EventDraft {
  const data: EventOf<"session.status">["data"] = {
    status,
    reason,
    detail: null,
    canReconnect: true,
    phone: status === "active" ? "+14155550123" : null,
    lid: null,
    name: null,
    attempt: 0,
    pairingWindowEndsAt: null,
  };
  return { type: "session.status", data };
}

export function qrDraft(expiresAt: number, qr = "2@code"): EventDraft {
  const until = new Date(expiresAt).toISOString();
  return {
    type: "session.qr_code",
    data: { qr, attempt: 1, maxAttempts: 3, expiresAt: until, pairingWindowEndsAt: until },
  };
}

export function receivedDraft(messageId: string, body: string): EventDraft {
  const contact = { id: "14155550123@s.whatsapp.net", phone: "+14155550123", lid: null };
  return {
    type: "message.received",
    data: {
      messageId,
      whatsappId: "3A0011",
      chat: contact,
      from: contact,
      fromMe: false,
      pushName: "Ann",
      sentAt: new Date().toISOString(),
      content: { type: "text", text: { body } },
    },
  };
}

export function messageStatusDraft(
  messageId: string,
  status: EventOf<"message.status">["data"]["status"],
): EventDraft {
  const to = "14155550123@s.whatsapp.net";
  const data = { messageId, whatsappId: "3EB0", to, status, reason: null, detail: null };
  return { type: "message.status", data };
}

/** Events as one SQS record, as the runner publishes them. */
export function toRecord(owner: Owner, events: WafleetEvent[], receiveCount = 1): SQSRecord {
  const body = { type: "events.append.v1", ...owner, events };
  return recordOf(JSON.stringify(body), owner.sessionId, receiveCount);
}

/** Events as a new owner publishes them who cannot know whether they are out. */
export function toReplay(owner: Owner, events: WafleetEvent[], receiveCount = 1): SQSRecord {
  const body = { type: "events.append.v1", ...owner, events, replay: true };
  return recordOf(JSON.stringify(body), owner.sessionId, receiveCount);
}

export function recordOf(body: string, group: string, receiveCount = 1): SQSRecord {
  return {
    messageId: randomUUID(),
    receiptHandle: "",
    body,
    attributes: {
      ApproximateReceiveCount: String(receiveCount),
      SentTimestamp: "0",
      SenderId: "",
      ApproximateFirstReceiveTimestamp: "0",
      MessageGroupId: group,
    },
    messageAttributes: {},
    md5OfBody: "",
    eventSource: "aws:sqs",
    eventSourceARN: "",
    awsRegion: "us-east-1",
  };
}

/** Dispatches events as a delivery of their own; gives the ids that failed. */
export async function dispatchEvents(
  { dispatch }: System,
  owner: Owner,
  ...events: WafleetEvent[]
): Promise<string[]> {
  const { batchItemFailures } = await dispatch({ Records: [toRecord(owner, events)] }, context);
  return batchItemFailures.map((failure) => failure.itemIdentifier);
}

/** A tenant's session whose events have made it `status`. */
export async function createSessionIn(
  system: System,
  tenant: { accountId: string; token: string },
  status: SessionState = "active",
  name = "Sales",
): Promise<Owner> {
  const made = await system.call("createSession", { token: tenant.token, body: { name } });
  const owner = { sessionId: made.body.id, accountId: tenant.accountId };
  if (status !== "inactive") {
    await dispatchEvents(system, owner, makeEvent(owner, "1.1", statusDraft(status)));
  }
  return owner;
}
