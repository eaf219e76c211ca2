// What the fleet reports, read from the events queue as the dispatcher would.
import type { SQSClient } from "@aws-sdk/client-sqs";
import type { EventOf, WafleetEvent } from "#shared/contracts/event.ts";
import { statusRank } from "#shared/contracts/message-status.ts";
import { collectEvents } from "./collect-events.ts";

type StatusData = EventOf<"message.status">["data"];

export type EventLog = {
  /** The latest word on a session; undefined before the first. */
  session(sessionId: string): EventOf<"session.status"> | undefined;
  /** Every word on a session, in order. */
  statuses(sessionId: string): EventOf<"session.status">[];
  qr(sessionId: string): string | undefined;
  /** The furthest that a message has come. */
  message(messageId: string): (StatusData & { at: string }) | undefined;
  /** When a message was acknowledged by the server, in milliseconds since 1970. */
  sentAt(messageId: string): number | undefined;
  /** How often a text was reported as received by a session. */
  received(sessionId: string, text: string): number;
  /** Events of which two different ones came under one cursor. */
  contradictions(): string[];
  stop(): Promise<void>;
};

/** `project` is what becomes of events in the stores; while it runs they stay in the queue. */
export function openEventLog(
  queue: SQSClient,
  queueUrl: string,
  project: (events: WafleetEvent[]) => Promise<unknown>,
): EventLog {
  const seen = new Map<string, string>();
  const contradictions: string[] = [];
  const statuses = new Map<string, EventOf<"session.status">[]>();
  const codes = new Map<string, string>();
  const messages = new Map<string, StatusData & { at: string }>();
  const sent = new Map<string, number>();
  const received = new Map<string, number>();

  function take(event: WafleetEvent): void {
    const name = `${event.sessionId} ${event.cursor}`;
    const before = seen.get(name);
    if (before !== undefined) {
      if (before !== event.id) contradictions.push(name);
      return;
    }
    seen.set(name, event.id);
    if (event.type === "session.status") {
      statuses.set(event.sessionId, [...(statuses.get(event.sessionId) ?? []), event]);
    } else if (event.type === "session.qr_code") codes.set(event.sessionId, event.data.qr);
    else if (event.type === "message.status") takeStatus(event);
    else if (event.type === "message.received" && event.data.content.type === "text") {
      const key = `${event.sessionId} ${event.data.content.text.body}`;
      received.set(key, (received.get(key) ?? 0) + 1);
    }
  }

  function takeStatus({ data, at }: EventOf<"message.status">): void {
    const before = messages.get(data.messageId);
    if (data.status === "sent") sent.set(data.messageId, Date.parse(at));
    if (!before || statusRank[data.status] > statusRank[before.status]) {
      messages.set(data.messageId, { ...data, at });
    }
  }

  const { stop } = collectEvents(queue, queueUrl, async (events) => {
    for (const event of events) take(event);
    await project(events);
  });
  return {
    session: (sessionId) => statuses.get(sessionId)?.at(-1),
    statuses: (sessionId) => statuses.get(sessionId) ?? [],
    qr: (sessionId) => codes.get(sessionId),
    message: (messageId) => messages.get(messageId),
    sentAt: (messageId) => sent.get(messageId),
    received: (sessionId, text) => received.get(`${sessionId} ${text}`) ?? 0,
    contradictions: () => contradictions,
    stop,
  };
}
