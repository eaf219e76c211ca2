import { Duration } from "aws-cdk-lib";
import { Dashboard, GraphWidget, MathExpression } from "aws-cdk-lib/aws-cloudwatch";
import type { IMetric } from "aws-cdk-lib/aws-cloudwatch";
import type { Construct } from "constructs";
import type { MetricName } from "#shared/resources/metrics.ts";
import type { Measured } from "./measured.ts";
import { hoursAMonth, prices, workerHour } from "./prices.ts";

export type DashboardOptions = {
  stage: string;
  measured: Measured;
  cpu: number;
  memoryMiB: number;
};

const minute = Duration.minutes(1);

/** What is going on in one deployment, on one page. */
export function createDashboard(scope: Construct, options: DashboardOptions): Dashboard {
  const { own, httpApi, queues, units, memory, processor } = options.measured;
  const sums = (...names: MetricName[]) => names.map((name) => own(name, "Sum", minute));
  const ages = Object.values(queues).map(({ oldest }) => oldest);
  const deadLetters = Object.values(queues).map((queue) => queue.deadLetters);
  const rows = [
    [
      graph("Messages by status", [
        ...sums("MessagesAccepted", "MessagesSent", "MessagesDelivered", "MessagesRead"),
        ...sums("MessagesFailed", "MessagesUnknown", "MessagesReceived"),
      ]),
      graph("Accepted to sent, ms", [own("AcceptedToSent", "p50"), own("AcceptedToSent", "p99")]),
      graph("HTTP API", [
        httpApi("Count", "Sum"),
        httpApi("5xx", "Sum"),
        httpApi("Latency", "p99"),
      ]),
    ],
    [
      graph(
        "Sessions by state",
        sums("SessionsActive", "SessionsConnecting", "SessionsPairing").concat(
          own("SessionsWanted", "Maximum"),
        ),
      ),
      graph("Workers, and shards without one", [
        ...sums("Workers"),
        own("ShardsUnowned", "Maximum"),
      ]),
      graph("Workers' processor and memory, percent", [processor, memory]),
    ],
    [
      graph("Oldest command and queues' ages, s", [own("OldestCommand", "Maximum"), ...ages]),
      graph("Dead letters", deadLetters),
      graph("Webhooks", sums("WebhooksSucceeded", "WebhooksFailed")),
    ],
    [
      new GraphWidget({
        title: "DynamoDB units, and dollars a month at this rate for them and workers",
        left: [units.writes, units.reads],
        right: [costOf(options)],
        width: 24,
      }),
    ],
  ];
  return new Dashboard(scope, "dashboard", { dashboardName: options.stage, widgets: rows });
}

function graph(title: string, left: IMetric[]): GraphWidget {
  return new GraphWidget({ title, left, width: 8 });
}

function costOf({ measured, cpu, memoryMiB }: DashboardOptions): MathExpression {
  const { writes, reads } = measured.units;
  const { writeUnit, readUnit } = prices;
  const periodsAMonth = hoursAMonth * 12;
  const worker = workerHour(cpu, memoryMiB) * hoursAMonth;
  return new MathExpression({
    expression: `(FILL(writes, 0) * ${writeUnit.toFixed(9)} + FILL(reads, 0) * ${readUnit.toFixed(9)}) * ${periodsAMonth} + FILL(workers, 0) / 5 * ${worker.toFixed(4)}`,
    // Each worker counts itself once a minute.
    usingMetrics: { writes, reads, workers: measured.own("Workers", "Sum") },
    label: "dollars a month",
  });
}
