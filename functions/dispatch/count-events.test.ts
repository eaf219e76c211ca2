import { newId } from "#shared/ids.ts";
import type { EventOf } from "#shared/contracts/event.ts";
import type { MessageStatus } from "#shared/contracts/message-status.ts";
import { createMetrics } from "#shared/metrics/create-metrics.ts";
import { expect, test } from "vitest";
import { countEvents } from "./count-events.ts";

const acceptedAt = Date.UTC(2026, 10, 1);

function status(status: MessageStatus, afterMs: number): EventOf<"message.status"> {
  return {
    id: newId("event"),
    type: "message.status",
    cursor: "1.1",
    sessionId: newId("session"),
    accountId: newId("account"),
    at: new Date(acceptedAt + afterMs).toISOString(),
    data: {
      messageId: newId("message", acceptedAt),
      whatsappId: "3EB0",
      to: "14155550123@s.whatsapp.net",
      status,
      reason: null,
      detail: null,
    },
  };
}

function count(...events: EventOf<"message.status">[]): unknown {
  const lines: string[] = [];
  const write = (line: string) => void lines.push(line);
  const metrics = createMetrics({ deployment: "trial", write, now: () => 0 });
  countEvents(metrics, events);
  metrics.flush();
  const written = JSON.parse(lines[0] ?? "{}") as object;
  return Object.fromEntries(Object.entries(written).filter(([name]) => /^[A-Z]/.test(name)));
}

test("each status of a message is counted, and the time until WhatsApp had it", () => {
  const events = [status("sent", 40), status("delivered", 90), status("played", 900)];
  expect(count(...events)).toEqual({
    MessagesSent: 1,
    AcceptedToSent: [40],
    MessagesDelivered: 1,
    MessagesRead: 1,
  });
});

test("a message that waited for hours says nothing about how quick the system is", () => {
  expect(count(status("sent", 2 * 3_600_000))).toEqual({ MessagesSent: 1 });
});
