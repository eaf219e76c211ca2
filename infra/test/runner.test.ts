import { existsSync, globSync } from "node:fs";
import { join } from "node:path";
import { App } from "aws-cdk-lib";
import { Match, Template } from "aws-cdk-lib/assertions";
import { expect, test } from "vitest";
import { environment } from "#shared/resources/environment.ts";
import type { EnvironmentName } from "#shared/resources/environment.ts";
import { environmentNames, processes } from "#shared/resources/processes.ts";
import { WafleetStack } from "../stack.ts";
import { asDeployed } from "./as-deployed.ts";
import { inFolder, synthFleet } from "./synth-fleet.ts";

type Task = {
  ContainerDefinitions: {
    User: string;
    StopTimeout: number;
    ReadonlyRootFilesystem: boolean;
    LinuxParameters: { Capabilities: { Drop: string[] } };
    Environment: { Name: string; Value: unknown }[];
    HealthCheck: { Command: string[] };
  }[];
  RuntimePlatform: { CpuArchitecture: string };
};

const fleet = synthFleet({ shards: 1 });
const [task] = Object.values(fleet.find<Task>("AWS::ECS::TaskDefinition"));
const container = task?.Properties.ContainerDefinitions[0];

test("the number of workers is the schedule's to set, so the template names none", () => {
  fleet.template.hasResourceProperties("AWS::ECS::Service", { DesiredCount: Match.absent() });
  fleet.template.hasResourceProperties("AWS::Events::Rule", {
    ScheduleExpression: "rate(5 minutes)",
  });
});

test("a worker has two minutes to hand its sessions over", () => {
  expect(container?.StopTimeout).toBe(120);
});

test("a new worker stands before an old one goes, and a bad release is rolled back", () => {
  fleet.template.hasResourceProperties("AWS::ECS::Service", {
    DeploymentConfiguration: {
      MinimumHealthyPercent: 100,
      MaximumPercent: 200,
      DeploymentCircuitBreaker: { Enable: true, Rollback: true },
    },
    AvailabilityZoneRebalancing: "DISABLED",
  });
});

test("a worker runs on arm64, not as root, without capabilities, and cannot write its disk", () => {
  expect(task?.Properties.RuntimePlatform.CpuArchitecture).toBe("ARM64");
  expect(container).toMatchObject({
    User: "node",
    ReadonlyRootFilesystem: true,
    LinuxParameters: { Capabilities: { Drop: ["ALL"] } },
  });
});

test("a worker gets exactly the variables that its binding implies, as it checks them at start", () => {
  const names = container?.Environment.map(({ Name }) => Name);
  expect(names?.toSorted()).toEqual(environmentNames(processes.runner).toSorted());
  for (const { Name, Value } of container?.Environment ?? []) {
    const result = environment[Name as EnvironmentName].safeParse(asDeployed(Value));
    expect(result.error?.message, Name).toBeUndefined();
  }
});

test("ECS asks a worker whether it works, by a program that is in the image", () => {
  const [kind, node, script = ""] = container?.HealthCheck.Command ?? [];
  expect([kind, node]).toEqual(["CMD", "node"]);
  expect(existsSync(join(import.meta.dirname, "../..", script))).toBe(true);
});

test("a worker reaches the internet through an address of its own", () => {
  fleet.template.hasResourceProperties("AWS::ECS::Service", {
    NetworkConfiguration: {
      AwsvpcConfiguration: Match.objectLike({ AssignPublicIp: "ENABLED" }),
    },
  });
});

test("the image holds the runner and what it shares, without tests", () => {
  const files = inFolder((outdir) => {
    const app = new App({ outdir, context: { "aws:cdk:bundling-stacks": [] } });
    Template.fromStack(new WafleetStack(app, "wafleet", { shards: 1 }));
    const [dockerfile = ""] = globSync("asset.*/session-runner/Dockerfile", { cwd: outdir });
    return globSync("**/*", { cwd: join(outdir, dockerfile, "../..") });
  });
  expect(files).toContain("package-lock.json");
  expect(files).toContain("shared/resources/tables.ts");
  const tops = new Set(files.map((file) => file.split("/", 1).join()));
  expect([...tops].toSorted()).toEqual([
    "package-lock.json",
    "package.json",
    "session-runner",
    "shared",
  ]);
  expect(files.filter((file) => /(?:^|\/)test(?:\/|$)|\.test\.ts$/.test(file))).toEqual([]);
});
