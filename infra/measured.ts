import { Duration } from "aws-cdk-lib";
import { MathExpression, Metric } from "aws-cdk-lib/aws-cloudwatch";
import type { HttpApi } from "aws-cdk-lib/aws-apigatewayv2";
import type { FargateService } from "aws-cdk-lib/aws-ecs";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import { metricDimension, metricNamespace } from "#shared/resources/metrics.ts";
import type { MetricName } from "#shared/resources/metrics.ts";
import type { LambdaName } from "#shared/resources/processes.ts";
import type { QueueName } from "#shared/resources/queues.ts";
import { tableName } from "#shared/resources/names.ts";
import { schedules } from "#shared/resources/schedules.ts";
import { tables } from "#shared/resources/tables.ts";
import type { TableName } from "#shared/resources/tables.ts";
import type { Queues } from "./queues.ts";

/** What is measured. */
export type MeasuredParts = {
  stage: string;
  api: HttpApi;
  queues: Queues;
  lambdas: Record<LambdaName, IFunction>;
  service: FargateService;
};

/** The metrics of one deployment: what its processes write, and what AWS counts by itself. */
export type Measured = {
  own: (name: MetricName, statistic: string, period?: Duration) => Metric;
  httpApi: (name: string, statistic: string, period?: Duration) => Metric;
  queues: Record<QueueName, { oldest: Metric; deadLetters: Metric }>;
  /** Units of all tables and their indexes together. */
  units: { writes: MathExpression; reads: MathExpression };
  /** Lambdas that the clock calls. */
  lambdas: { name: string; errors: Metric }[];
  memory: Metric;
  processor: Metric;
};

const minute = Duration.minutes(1);
const fiveMinutes = Duration.minutes(5);

export function measure({ stage, api, queues, lambdas, service }: MeasuredParts): Measured {
  const clocked = new Set<LambdaName>([
    "schedule",
    ...Object.values(schedules).map((s) => s.lambda),
  ]);
  return {
    own: (metricName, statistic, period = fiveMinutes) =>
      new Metric({
        namespace: metricNamespace,
        metricName,
        dimensionsMap: { [metricDimension]: stage },
        statistic,
        period,
      }),
    httpApi: (metricName, statistic, period = fiveMinutes) =>
      api.metric(metricName, { statistic, period }),
    queues: Object.fromEntries(
      Object.entries(queues).map(([name, { shards, deadLetter }]) => [
        name,
        {
          // Of a queue that is one a shard, the first: how old commands are, workers measure.
          oldest: shards[0]?.metricApproximateAgeOfOldestMessage({ period: fiveMinutes }),
          deadLetters: deadLetter.metricApproximateNumberOfMessagesVisible({
            period: fiveMinutes,
            statistic: "Maximum",
          }),
        },
      ]),
    ) as Measured["queues"],
    units: {
      writes: unitsOf(stage, "Write"),
      reads: unitsOf(stage, "Read"),
    },
    lambdas: [...clocked].map((name) => ({
      name,
      errors: lambdas[name].metricErrors({ period: fiveMinutes }),
    })),
    memory: service.metricMemoryUtilization({ statistic: "Maximum", period: fiveMinutes }),
    processor: service.metricCpuUtilization({ statistic: "Average", period: minute }),
  };
}

function unitsOf(stage: string, kind: "Read" | "Write"): MathExpression {
  const [ofTables, ofIndexes] = [`tables${kind}`, `indexes${kind}`];
  return new MathExpression({
    expression: `FILL(${ofTables}, 0) + FILL(${ofIndexes}, 0)`,
    usingMetrics: {
      [ofTables]: unitsBy(stage, kind, "TableName"),
      // AWS counts those of an index apart from its table's.
      [ofIndexes]: unitsBy(stage, kind, "GlobalSecondaryIndexName, TableName"),
    },
    label: `${kind.toLowerCase()} units`,
    period: fiveMinutes,
  });
}

/** One query for all tables: a dashboard shows only so many metrics for nothing. */
function unitsBy(stage: string, kind: "Read" | "Write", dimensions: string): MathExpression {
  const names = Object.keys(tables).map((table) => tableName(stage, table as TableName));
  const any = names.map((table) => `TableName = '${table}'`).join(" OR ");
  const schema = `SCHEMA("AWS/DynamoDB", ${dimensions})`;
  const expression = `SELECT SUM(Consumed${kind}CapacityUnits) FROM ${schema} WHERE ${any}`;
  return new MathExpression({ expression, period: fiveMinutes });
}
