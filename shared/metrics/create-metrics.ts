// CloudWatch's embedded metric format: a line in the log is all that it takes, so that measuring
// costs no request and works in Lambda and containers alike.
import {
  metricDimension,
  metricNamespace,
  metrics as declared,
  metricsOff,
} from "../resources/metrics.ts";
import type { MetricName } from "../resources/metrics.ts";

export type Metrics = {
  /** Adds to a count. */
  add(name: MetricName, count?: number): void;
  /** One of the values whose percentiles matter. */
  note(name: MetricName, value: number): void;
  /** Writes one line with what came together, and nothing when nothing did. */
  flush(): void;
};

export type MetricsOptions = {
  /** The deployment's name, or `off`. */
  deployment: string;
  /** Takes one line, without its end. */
  write: (line: string) => void;
  /** Milliseconds since 1970. */
  now: () => number;
};

/** More values of one metric in one line are not read. */
const valuesLimit = 100;

export function createMetrics({ deployment, write, now }: MetricsOptions): Metrics {
  const counts = new Map<MetricName, number>();
  const values = new Map<MetricName, number[]>();

  function flush(): void {
    const found = { ...Object.fromEntries(counts), ...Object.fromEntries(values) };
    counts.clear();
    values.clear();
    const names = Object.keys(found) as MetricName[];
    if (names.length === 0) return;
    const Metrics = names.map((Name) => ({ Name, Unit: declared[Name].unit }));
    const Dimensions = [[metricDimension]];
    const CloudWatchMetrics = [{ Namespace: metricNamespace, Dimensions, Metrics }];
    const _aws = { Timestamp: now(), CloudWatchMetrics };
    write(JSON.stringify({ _aws, [metricDimension]: deployment, ...found }));
  }

  if (deployment === metricsOff) {
    return { add: () => undefined, note: () => undefined, flush: () => undefined };
  }
  return {
    add(name, count = 1) {
      counts.set(name, (counts.get(name) ?? 0) + count);
    },
    note(name, value) {
      const noted = values.get(name) ?? [];
      values.set(name, noted);
      noted.push(value);
      if (noted.length === valuesLimit) flush();
    },
    flush,
  };
}
