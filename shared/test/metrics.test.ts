import { expect, test } from "vitest";
import { createMetrics } from "../metrics/create-metrics.ts";
import { processes } from "../resources/processes.ts";
import type { Binding } from "../resources/processes.ts";
import { metrics as declared, metricsOff } from "../resources/metrics.ts";

function measure(deployment: string) {
  const lines: string[] = [];
  const write = (line: string) => void lines.push(line);
  return { lines, metrics: createMetrics({ deployment, write, now: () => 1_000 }) };
}

test("what came together is one line that CloudWatch takes for metrics of this deployment", () => {
  const { lines, metrics } = measure("trial");
  metrics.add("MessagesSent");
  metrics.add("MessagesSent", 2);
  metrics.note("AcceptedToSent", 12);
  metrics.note("AcceptedToSent", 20);
  metrics.flush();
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    {
      _aws: {
        Timestamp: 1_000,
        CloudWatchMetrics: [
          {
            Namespace: "Wafleet",
            Dimensions: [["deployment"]],
            Metrics: [
              { Name: "MessagesSent", Unit: "Count" },
              { Name: "AcceptedToSent", Unit: "Milliseconds" },
            ],
          },
        ],
      },
      deployment: "trial",
      MessagesSent: 3,
      AcceptedToSent: [12, 20],
    },
  ]);
});

test("nothing that happened is no line, and neither is anything when metrics are off", () => {
  const quiet = measure("trial");
  quiet.metrics.flush();
  quiet.metrics.add("Workers");
  quiet.metrics.flush();
  quiet.metrics.flush();
  expect(quiet.lines).toHaveLength(1);
  const off = measure(metricsOff);
  off.metrics.add("Workers");
  off.metrics.note("AcceptedToSent", 1);
  off.metrics.flush();
  expect(off.lines).toEqual([]);
});

test("more values than CloudWatch reads in one line are several lines", () => {
  const { lines, metrics } = measure("trial");
  for (let i = 0; i < 250; i += 1) metrics.note("AcceptedToSent", i);
  metrics.flush();
  const values = lines.map(
    (line) => (JSON.parse(line) as { AcceptedToSent: number[] }).AcceptedToSent,
  );
  expect(values.map(({ length }) => length)).toEqual([100, 100, 50]);
});

test("who measures something is bound to it, and nobody else is", () => {
  const bound = Object.entries<Binding>(processes).filter(([, { measures }]) => measures);
  const measuring = new Set(Object.values(declared).map(({ from }) => from));
  expect(bound.map(([name]) => name).toSorted()).toEqual([...measuring].toSorted());
});

test("an account pays for few names, however busy it is", () => {
  expect(Object.keys(declared).length).toBeLessThanOrEqual(20);
});
