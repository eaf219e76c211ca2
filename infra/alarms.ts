import { Duration } from "aws-cdk-lib";
import {
  Alarm,
  ComparisonOperator,
  MathExpression,
  TreatMissingData,
} from "aws-cdk-lib/aws-cloudwatch";
import type { IAlarmAction, IMetric } from "aws-cdk-lib/aws-cloudwatch";
import type { Construct } from "constructs";
import type { Measured } from "./measured.ts";

export type AlarmOptions = {
  stage: string;
  measured: Measured;
  /** What each alarm and each end of one sets off. */
  actions: IAlarmAction[];
  /** Where the runbooks are; the alarm's name leads to its page. */
  runbooks: string;
};

type Watch = {
  name: string;
  what: string;
  metric: IMetric;
  threshold: number;
  /** In how many of how many periods. */
  periods?: [number, number];
};

/** What somebody should look at; each with a page in docs/runbooks that says what to do. */
export function createAlarms(scope: Construct, options: AlarmOptions): Alarm[] {
  const { stage, actions, runbooks } = options;
  return watches(options.measured).map(({ name, what, metric, threshold, periods = [1, 1] }) => {
    const [page = ""] = name.split(":");
    const alarm = new Alarm(scope, `${name.replace(":", "-")}-alarm`, {
      alarmName: `${stage}-${name.replace(":", "-")}`,
      alarmDescription: `${what} What to do: ${runbooks}/${page}.md`,
      metric,
      threshold,
      datapointsToAlarm: periods[0],
      evaluationPeriods: periods[1],
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      // Nothing is measured while nothing happens.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(...actions);
    alarm.addOkAction(...actions);
    return alarm;
  });
}

function watches({ own, queues, httpApi, lambdas, memory }: Measured): Watch[] {
  const fiveMinutes = Duration.minutes(5);
  const dead = Object.entries(queues).map(([name, { deadLetters }]) => ({
    name: `dead-letters:${name}`,
    what: `Something in the ${name} queue could not be handled.`,
    metric: deadLetters,
    threshold: 0,
  }));
  const scheduled = lambdas.map(({ name, errors }) => ({
    name: `schedule-errors:${name}`,
    what: `The ${name} Lambda, which is called by the clock, fails.`,
    metric: errors,
    threshold: 1,
    periods: [3, 3] satisfies [number, number],
  }));
  return [
    ...dead,
    {
      name: "late-queue:events",
      what: "Events are not worked off.",
      metric: queues.events.oldest,
      threshold: 120,
      periods: [3, 3],
    },
    ...scheduled,
    {
      name: "shards-unowned",
      what: "Sessions want to be connected and nobody holds their shards.",
      metric: own("ShardsUnowned", "Maximum", fiveMinutes),
      threshold: 0,
      periods: [3, 3],
    },
    {
      name: "slow-commands",
      what: "Workers take commands late.",
      metric: own("OldestCommand", "Maximum", fiveMinutes),
      threshold: 60,
      periods: [2, 2],
    },
    {
      name: "sessions-down",
      what: "A fifth of the sessions, and more than five, have been without a connection for a while.",
      metric: new MathExpression({
        expression: "IF(down > 5, 100 * down / (down + up), 0)",
        usingMetrics: {
          down: own("SessionsConnecting", "Sum", Duration.minutes(1)),
          up: own("SessionsActive", "Sum", Duration.minutes(1)),
        },
        period: Duration.minutes(1),
        label: "sessions without a connection, percent",
      }),
      threshold: 20,
      periods: [10, 10],
    },
    {
      name: "messages-unknown",
      what: "WhatsApp does not say whether it took messages.",
      metric: own("MessagesUnknown", "Sum", Duration.minutes(15)),
      threshold: 5,
    },
    {
      name: "api-errors",
      what: "The HTTP API answers with 5xx.",
      metric: httpApi("5xx", "Sum", fiveMinutes),
      threshold: 5,
      periods: [2, 3],
    },
    {
      name: "worker-memory",
      what: "A worker is short of memory.",
      metric: memory,
      threshold: 85,
      periods: [3, 3],
    },
  ];
}

/** In the repository. */
export const defaultRunbooks = "docs/runbooks";
