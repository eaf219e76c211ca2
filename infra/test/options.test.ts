import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, Stack, Validations } from "aws-cdk-lib";
import { Match, Template } from "aws-cdk-lib/assertions";
import { Vpc } from "aws-cdk-lib/aws-ec2";
import type { IVpc } from "aws-cdk-lib/aws-ec2";
import { Topic } from "aws-cdk-lib/aws-sns";
import { AwsSolutionsChecks } from "cdk-nag";
import { afterAll, expect, test } from "vitest";
import { Wafleet } from "../wafleet.ts";
import type { WafleetProps } from "../wafleet-props.ts";
import { everyOption } from "./every-option.ts";
import { rolesByProcess, statementsOf } from "./role-statements.ts";
import { deployedContext, inFolder, synthFleet } from "./synth-fleet.ts";

const page = mkdtempSync(join(tmpdir(), "wafleet-page-"));
writeFileSync(join(page, "index.html"), "<!doctype html>");
afterAll(() => rmSync(page, { recursive: true }));

const everything: WafleetProps = { ...everyOption, shards: 1, consoleFolder: page };

const optional = synthFleet(everything);
/** The checks take their time on a busy machine. */
const checksLimitMs = 240_000;

test(
  "with every option on, the fleet passes the same checks",
  () => {
    const synth = () =>
      inFolder((outdir) => {
        const app = new App({ outdir, context: deployedContext });
        Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
        const fleet = new Wafleet(new Stack(app, "all"), "fleet", everything);
        app.synth();
        expect(fleet.httpUrl).toMatch(/^https:/);
      });
    expect(synth).not.toThrow();
  },
  checksLimitMs,
);

test("somebody else's stack takes a fleet into its own network and alarms its own topic", () => {
  const template = inFolder((outdir) => {
    const app = new App({ outdir, context: { "aws:cdk:bundling-stacks": [] } });
    const stack = new Stack(app, "theirs", {
      env: { account: "111111111111", region: "eu-west-1" },
    });
    const vpc = new Vpc(stack, "vpc", { maxAzs: 2 }) as IVpc;
    const alarmTopic = new Topic(stack, "pager");
    const fleet = new Wafleet(stack, "whatsapp", {
      stage: "theirs",
      shards: 2,
      vpc,
      alarmTopic,
    });
    expect(fleet.consoleUrl).toBeUndefined();
    return Template.fromStack(stack);
  });
  template.resourceCountIs("AWS::EC2::VPC", 1);
  template.hasResourceProperties("AWS::ECS::Service", {
    NetworkConfiguration: { AwsvpcConfiguration: Match.objectLike({ AssignPublicIp: "DISABLED" }) },
  });
  template.allResourcesProperties("AWS::CloudWatch::Alarm", {
    AlarmActions: [{ Ref: Match.stringLikeRegexp("^pager") }],
  });
  template.hasResourceProperties("AWS::SQS::Queue", { QueueName: "theirs-commands-1.fifo" });
});

test("more Lambdas may work on queues, and slow webhooks still leave room for the rest", () => {
  const mappings = optional.find<{ FunctionName: { Ref: string }; ScalingConfig: object }>(
    "AWS::Lambda::EventSourceMapping",
  );
  const most = Object.values(mappings).map(({ Properties }) => [
    optional.find<{ FunctionName: string }>("AWS::Lambda::Function")[Properties.FunctionName.Ref]
      ?.Properties.FunctionName,
    Properties.ScalingConfig,
  ]);
  expect(Object.fromEntries(most)).toMatchObject({
    "wafleet-dispatch": { MaximumConcurrency: 200 },
    "wafleet-deliver": { MaximumConcurrency: 100 },
  });
});

test("one Lambda gives every event to the bus and the queue that are named, and no other may", () => {
  const { sinkBusArn, sinkQueueArn } = everything;
  const allowed = [...rolesByProcess(optional)].flatMap(([name, role]) =>
    statementsOf(optional, role)
      .filter(({ Resource }) => Resource === sinkBusArn || Resource === sinkQueueArn)
      .map(({ Action, Resource }) => [name, Action, Resource]),
  );
  expect(allowed).toEqual([
    ["dispatch", "events:PutEvents", sinkBusArn],
    ["dispatch", "sqs:SendMessage", sinkQueueArn],
  ]);
  optional.template.hasResourceProperties("AWS::Lambda::Function", {
    FunctionName: "wafleet-dispatch",
    Environment: {
      Variables: Match.objectLike({
        WAFLEET_SINK_BUS: sinkBusArn,
        WAFLEET_SINK_QUEUE_URL: "https://sqs.eu-west-1.amazonaws.com/222222222222/all.fifo",
      }),
    },
  });
  expect(() => synthFleet({ shards: 1, sinkQueueArn: sinkBusArn ?? "" })).toThrow(/is no queue/);
});

test("the APIs answer under names of your own", () => {
  const { template } = optional;
  for (const DomainName of ["wa.example.com", "ws.wa.example.com"]) {
    template.hasResourceProperties("AWS::ApiGatewayV2::DomainName", { DomainName });
    template.hasResourceProperties("AWS::Route53::RecordSet", { Name: `${DomainName}.` });
  }
  template.resourceCountIs("AWS::ApiGatewayV2::ApiMapping", 2);
});

test("workers may run on spare capacity and behind a NAT gateway", () => {
  const { template } = optional;
  template.resourceCountIs("AWS::EC2::NatGateway", 1);
  template.hasResourceProperties("AWS::ECS::Service", {
    CapacityProviderStrategy: [{ CapacityProvider: "FARGATE_SPOT", Weight: 1 }],
    NetworkConfiguration: { AwsvpcConfiguration: Match.objectLike({ AssignPublicIp: "DISABLED" }) },
  });
});
