import type { WafleetEvent } from "#shared/contracts/event.ts";
import type { MessageStatus } from "#shared/contracts/message-status.ts";
import { timeOfId } from "#shared/ids.ts";
import type { Metrics } from "#shared/metrics/create-metrics.ts";
import type { MetricName } from "#shared/resources/metrics.ts";

const byStatus: Partial<Record<MessageStatus, MetricName>> = {
  sent: "MessagesSent",
  delivered: "MessagesDelivered",
  read: "MessagesRead",
  played: "MessagesRead",
  failed: "MessagesFailed",
  unknown: "MessagesUnknown",
};

/** What took longer was scheduled, or waited for its session: that is no latency. */
const longestLatencyMs = 3_600_000;

/** Counts what happened to messages. An event that is delivered again counts again. */
export function countEvents(metrics: Metrics, events: readonly WafleetEvent[]): void {
  for (const { type, at, data } of events) {
    if (type === "message.received") metrics.add("MessagesReceived");
    if (type !== "message.status") continue;
    const name = byStatus[data.status];
    if (name) metrics.add(name);
    if (data.status !== "sent") continue;
    const latency = Date.parse(at) - timeOfId(data.messageId);
    if (latency <= longestLatencyMs) metrics.note("AcceptedToSent", latency);
  }
}
