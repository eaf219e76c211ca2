export type MetricResource = {
  purpose: string;
  unit: "Count" | "Milliseconds" | "Seconds";
  /** The process that measures it. */
  from: string;
};

/**
 * What processes measure. CloudWatch bills each name by the hours in which it was heard of: none of
 * them is written while nothing happens.
 */
export const metrics = {
  MessagesAccepted: {
    purpose: "messages that the API took",
    unit: "Count",
    from: "messages",
  },
  MessagesSent: { purpose: "acknowledged by WhatsApp", unit: "Count", from: "dispatch" },
  MessagesDelivered: { purpose: "delivered to a device", unit: "Count", from: "dispatch" },
  MessagesRead: { purpose: "read or played", unit: "Count", from: "dispatch" },
  MessagesFailed: { purpose: "ended as failed", unit: "Count", from: "dispatch" },
  MessagesUnknown: { purpose: "ended as unknown", unit: "Count", from: "dispatch" },
  MessagesReceived: { purpose: "incoming messages", unit: "Count", from: "dispatch" },
  AcceptedToSent: {
    purpose: "from the API's acceptance to WhatsApp's acknowledgement",
    unit: "Milliseconds",
    from: "dispatch",
  },
  WebhooksSucceeded: {
    purpose: "webhook attempts answered with 2xx",
    unit: "Count",
    from: "deliver",
  },
  WebhooksFailed: { purpose: "webhook attempts that failed", unit: "Count", from: "deliver" },
  SessionsWanted: {
    purpose: "sessions that want to be connected",
    unit: "Count",
    from: "schedule",
  },
  ShardsUnowned: {
    purpose: "shards that no living worker holds, while sessions want to be connected",
    unit: "Count",
    from: "schedule",
  },
  Workers: { purpose: "workers that run", unit: "Count", from: "runner" },
  SessionsActive: { purpose: "connected sessions", unit: "Count", from: "runner" },
  SessionsConnecting: {
    purpose: "sessions on their way, the first time or again",
    unit: "Count",
    from: "runner",
  },
  SessionsPairing: { purpose: "sessions that show a code", unit: "Count", from: "runner" },
  OldestCommand: {
    purpose: "the longest that a command had waited in its queue when it was taken",
    unit: "Seconds",
    from: "runner",
  },
} as const satisfies Record<string, MetricResource>;

export type MetricName = keyof typeof metrics;

/** CloudWatch's namespace of all deployments; the dimension tells them apart. */
export const metricNamespace = "Wafleet";
export const metricDimension = "deployment";

/** In place of a deployment's name: nothing is measured. */
export const metricsOff = "off";
