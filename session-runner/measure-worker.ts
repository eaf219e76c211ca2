import type { SessionState } from "#shared/contracts/session-status.ts";
import type { Metrics } from "#shared/metrics/create-metrics.ts";
import type { MetricName } from "#shared/resources/metrics.ts";

/** States of sessions that are looked at; the others are not held for long. */
const byState: Partial<Record<SessionState, MetricName>> = {
  active: "SessionsActive",
  connecting: "SessionsConnecting",
  reconnecting: "SessionsConnecting",
  qr_ready: "SessionsPairing",
  pairing_code_ready: "SessionsPairing",
};

export type WorkerMeasures = {
  /** A command was taken that had waited for so long. */
  noteWait: (milliseconds: number) => void;
  /** Writes what there is to say, once a minute: CloudWatch adds up the workers of a minute. */
  look: (states: readonly SessionState[]) => void;
};

export function measureWorker(metrics: Metrics): WorkerMeasures {
  let longestMs: number | undefined;
  return {
    noteWait(milliseconds) {
      longestMs = Math.max(longestMs ?? 0, milliseconds);
    },
    look(states) {
      metrics.add("Workers");
      for (const state of states) {
        const name = byState[state];
        if (name) metrics.add(name);
      }
      if (longestMs !== undefined) metrics.note("OldestCommand", Math.round(longestMs / 1_000));
      longestMs = undefined;
      metrics.flush();
    },
  };
}
