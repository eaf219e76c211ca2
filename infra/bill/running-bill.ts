// What a deployment costs at work, computed from measured figures.
import { hoursAMonth, prices, workerHour } from "../prices.ts";
import { metrics } from "#shared/resources/metrics.ts";
import { assumed, measured } from "./measured-figures.ts";
import type { MessageUsage } from "./measured-figures.ts";

export type Load = {
  sessions: number;
  /** A month, outgoing, each with all its statuses. */
  messages: number;
  /** Of those messages' events, the part that goes to a webhook. */
  webhooks: boolean;
};

/** One worker, how many sessions it carries, and the shards of all. */
export type Size = { cpu: number; memoryMiB: number; sessionsPerWorker: number; shards: number };

export type BillLine = { what: string; dollars: number };

const minutesAMonth = hoursAMonth * 60;

export function workersFor({ sessions }: Load, { sessionsPerWorker }: Size): number {
  return Math.ceil(sessions / sessionsPerWorker);
}

/** Beside the idle bill, a month. */
export function runningBill(load: Load, size: Size): BillLine[] {
  const workers = workersFor(load, size);
  const { sessions, messages } = load;
  const usage = load.webhooks ? measured.messageWithWebhook : measured.message;
  const beats = workers * minutesAMonth;
  return [
    {
      what: `${workers} workers`,
      dollars: workers * hoursAMonth * workerHour(size.cpu, size.memoryMiB),
    },
    {
      what: "their heartbeats, and reading the fleet",
      dollars:
        beats *
        (measured.workerWritesAMinute * prices.writeUnit +
          // The fleet is read whole, workers and shards apart: about 100 bytes each.
          (measured.workerReadsAMinute / 2) *
            (readUnits(workers) + readUnits(size.shards)) *
            prices.readUnit),
    },
    {
      what: "their long polls",
      dollars: size.shards * 3 * minutesAMonth * prices.fifoRequest,
    },
    { what: "messages", dollars: messages * messageDollars(usage) },
    {
      what: "stored state, messages and events",
      dollars:
        (sessions * measured.sessionStateMb * prices.tableGbMonth) / 1_000 +
        (messages * measured.messageKb * (prices.tableGbMonth + prices.backupGbMonth)) / 1e6,
    },
    {
      what: "logs",
      dollars:
        (sessions * assumed.sessionLogGb + (messages * assumed.messageLogKb) / 1e6) * prices.logGb,
    },
    { what: "metrics", dollars: Object.keys(metrics).length * prices.customMetricMonth },
  ];
}

/** One message, by list price. */
function messageDollars(usage: MessageUsage): number {
  const { invocationSeconds, invocationGb } = assumed;
  const gbSeconds = usage.invocations * invocationSeconds * invocationGb;
  return (
    usage.writeUnits * prices.writeUnit +
    usage.readUnits * prices.readUnit +
    usage.queueRequests * prices.fifoRequest +
    usage.httpRequests * prices.httpRequest +
    usage.socketMessages * prices.websocketMessage +
    usage.invocations * prices.lambdaInvocation +
    gbSeconds * prices.lambdaGbSecond
  );
}

function readUnits(items: number): number {
  return Math.max(1, Math.ceil((items * 0.1) / 4));
}
