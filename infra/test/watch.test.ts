import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { metrics } from "#shared/resources/metrics.ts";
import { queues } from "#shared/resources/queues.ts";
import { allowances } from "../prices.ts";
import { synthFleet } from "./synth-fleet.ts";

type Alarm = {
  AlarmName: string;
  AlarmDescription: string;
  AlarmActions?: unknown[];
  TreatMissingData: string;
  MetricName?: string;
  Namespace?: string;
};

const root = join(import.meta.dirname, "../..");
const fleet = synthFleet({ shards: 2 });
const alarms = Object.values(fleet.find<Alarm>("AWS::CloudWatch::Alarm")).map((a) => a.Properties);
const runbooks = alarms.map(
  ({ AlarmDescription }) => /What to do: (\S+)$/.exec(AlarmDescription)?.[1] ?? "",
);

test("every alarm leads to a runbook that exists, and every runbook has its alarm", () => {
  for (const page of runbooks) expect(existsSync(join(root, page)), page).toBe(true);
  const pages = readdirSync(join(root, "docs/runbooks")).map((name) => `docs/runbooks/${name}`);
  expect(pages.toSorted()).toEqual([...new Set(runbooks)].toSorted());
});

test("every queue's dead letters raise an alarm", () => {
  for (const name of Object.keys(queues)) {
    expect(alarms.map(({ AlarmName }) => AlarmName)).toContain(`wafleet-dead-letters-${name}`);
  }
});

test("silence is no alarm: an idle deployment measures nothing", () => {
  for (const { TreatMissingData } of alarms) expect(TreatMissingData).toBe("notBreaching");
});

test("alarms and the budget reach whoever asked for them, and nobody by default", () => {
  expect(alarms.filter(({ AlarmActions = [] }) => AlarmActions.length > 0)).toEqual([]);
  fleet.template.resourceCountIs("AWS::Budgets::Budget", 0);
  const { template } = synthFleet({ shards: 1, alarmEmail: "a@example.com", monthlyBudget: 20 });
  template.hasResourceProperties("AWS::SNS::Subscription", {
    Protocol: "email",
    Endpoint: "a@example.com",
  });
  template.hasResourceProperties("AWS::Budgets::Budget", {
    Budget: { BudgetLimit: { Amount: 20, Unit: "USD" } },
  });
});

test("the dashboard shows everything that processes measure, within what AWS gives for nothing", () => {
  type Board = { DashboardBody: unknown };
  const [board] = Object.values(fleet.find<Board>("AWS::CloudWatch::Dashboard"));
  const text = JSON.stringify(board?.Properties.DashboardBody);
  for (const name of Object.keys(metrics)) expect(text).toContain(`\\"${name}\\"`);
  const body = JSON.parse(text.replaceAll(/\{\\?"(?:Ref|Fn::GetAtt)\\?":[^}]*\}/g, '"x"')) as {
    "Fn::Join"?: [string, unknown[]];
  };
  const joined = (body["Fn::Join"]?.[1] ?? [body]).join("");
  const shown = [...joined.matchAll(/\["(?:AWS\/\w+|Wafleet)"/g)];
  expect(shown.length).toBeLessThanOrEqual(allowances.dashboardMetrics);
});

test("units of indexes are counted with those of their tables, which AWS tells apart", () => {
  const text = JSON.stringify(fleet.find("AWS::CloudWatch::Dashboard"));
  for (const kind of ["Read", "Write"]) {
    for (const dimensions of ["TableName", "GlobalSecondaryIndexName, TableName"]) {
      expect(text).toMatch(
        new RegExp(`SUM\\(Consumed${kind}CapacityUnits\\)[^)]+, ${dimensions}\\)`),
      );
    }
  }
});

test("CDK has nothing to say about the expressions on it", () => {
  expect(fleet.warnings).toEqual([]);
});
