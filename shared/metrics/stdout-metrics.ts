import { createMetrics } from "./create-metrics.ts";
import type { Metrics } from "./create-metrics.ts";

/** What a process measures goes into its log: CloudWatch takes it from there. */
export function stdoutMetrics(deployment: string): Metrics {
  return createMetrics({
    deployment,
    // Lambda and containers keep writes whole and in order.
    write: (line) => void process.stdout.write(`${line}\n`),
    now: Date.now,
  });
}
