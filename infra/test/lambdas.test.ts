import { expect, test } from "vitest";
import { environment } from "#shared/resources/environment.ts";
import type { EnvironmentName } from "#shared/resources/environment.ts";
import { environmentNames, processes } from "#shared/resources/processes.ts";
import type { Binding } from "#shared/resources/processes.ts";
import { asDeployed } from "./as-deployed.ts";
import { synthFleet } from "./synth-fleet.ts";

type Lambda = {
  FunctionName: string;
  Runtime: string;
  Architectures: string[];
  Timeout: number;
  TracingConfig?: { Mode: string };
  LoggingConfig: { LogGroup: { Ref: string } };
  Environment: { Variables: Record<string, unknown> };
};

const fleet = synthFleet({ shards: 4, messageRetentionDays: 7, logLevel: "debug" });
const lambdas = Object.values(fleet.find<Lambda>("AWS::Lambda::Function")).map(
  ({ Properties }) => Properties,
);
const areas = Object.entries<Binding>(processes).filter(([name]) => name !== "runner");

test("there is one Lambda an area, and no other", () => {
  expect(lambdas.map(({ FunctionName }) => FunctionName).toSorted()).toEqual(
    areas.map(([name]) => `wafleet-${name}`).toSorted(),
  );
});

test.each(areas)("%s gets exactly the variables that its binding implies", (name, binding) => {
  const lambda = lambdas.find(({ FunctionName }) => FunctionName === `wafleet-${name}`);
  const variables = lambda?.Environment.Variables ?? {};
  expect(Object.keys(variables).toSorted()).toEqual(environmentNames(binding).toSorted());
});

test("settings reach the processes in the form that they check for at start", () => {
  for (const { Environment, FunctionName } of lambdas) {
    for (const [name, value] of Object.entries(Environment.Variables)) {
      const result = environment[name as EnvironmentName].safeParse(asDeployed(value));
      expect(result.error?.message, `${FunctionName} ${name}`).toBeUndefined();
    }
  }
  const sessions = lambdas.find(({ FunctionName }) => FunctionName === "wafleet-sessions");
  expect(sessions?.Environment.Variables).toMatchObject({
    WAFLEET_SHARDS: "4",
    WAFLEET_LOG_LEVEL: "debug",
  });
});

test("every Lambda runs Node 24 on arm64, and its logs go after a while", () => {
  const groups = fleet.find<{ RetentionInDays?: number }>("AWS::Logs::LogGroup");
  for (const lambda of lambdas) {
    expect(lambda).toMatchObject({
      Runtime: "nodejs24.x",
      Architectures: ["arm64"],
      // A line of Lambda's own for each invocation would cost more than the invocation.
      LoggingConfig: { LogFormat: "JSON", SystemLogLevel: "WARN" },
    });
    const isLong = ["wafleet-deliver", "wafleet-batches", "wafleet-wake"].includes(
      lambda.FunctionName,
    );
    if (!isLong) expect(lambda.Timeout).toBeLessThan(30);
    expect(groups[lambda.LoggingConfig.LogGroup.Ref]?.Properties.RetentionInDays).toBe(30);
  }
});

test("tracing costs by the trace: it is on only when asked for", () => {
  expect(lambdas.filter(({ TracingConfig }) => TracingConfig)).toEqual([]);
  const traced = synthFleet({ shards: 1, tracing: true }).find<Lambda>("AWS::Lambda::Function");
  for (const { Properties } of Object.values(traced)) {
    expect(Properties.TracingConfig).toEqual({ Mode: "Active" });
  }
});
