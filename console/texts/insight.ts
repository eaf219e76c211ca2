import type { PeriodChoice } from "../live/period.ts";

const period: Record<PeriodChoice, string> = {
  week: "Last 7 days",
  month: "Last 30 days",
  quarter: "Last 90 days",
  thisMonth: "This month",
  lastMonth: "Last month",
};

export const insight = {
  title: "Insight",
  about: "What goes through your sessions. Days are in UTC; what happens now is counted at once.",
  period: "Period",
  periods: { ...period, own: "Other days…" },
  from: "First day",
  to: "Last day",
  badPeriod: "The first day must not be after the last one.",
  session: "Session",
  allSessions: "All sessions",
  goneSession: "deleted session",
  counters: "In this period",
  counted: {
    sent: "sent",
    received: "received",
    delivered: "delivered",
    read: "read",
    failed: "failed",
  },
  byDay: "Messages by day",
  byKind: "By kind",
  byStatus: "What became of what was sent",
  bySession: "By session",
  day: "Day",
  kind: "Kind",
  status: "Status",
  messages: "messages",
  nothing: "Nothing in this period.",
  asTable: "As a table",
  chartSays: (title: string, said: string) => `${title}: ${said}`,
  usage: "Usage",
  usageAbout: "What to bill by. Sent is what WhatsApp has acknowledged; time is while connected.",
  noUsage: "No session was in use in this period.",
  csv: "Download CSV",
  json: "Download JSON",
  total: "Total",
  columns: {
    session: "Session",
    sent: "Sent",
    received: "Received",
    active: "Connected",
    mediaOut: "Media sent",
    mediaIn: "Media received",
  },
  hours: (seconds: number) =>
    seconds < 3600 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`,
  bytes: (bytes: number) =>
    bytes < 1_000_000
      ? `${Math.ceil(bytes / 1000)} KB`
      : bytes < 1_000_000_000
        ? `${(bytes / 1_000_000).toFixed(1)} MB`
        : `${(bytes / 1_000_000_000).toFixed(2)} GB`,
};
