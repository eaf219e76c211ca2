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
import { deployedContext, inFolder, synthFleet } from "./synth-fleet.ts";
import type { Fleet } from "./synth-fleet.ts";

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

test("the APIs answer under names of your own", () => {
  const { template } = optional;
  for (const DomainName of ["wa.example.com", "ws.wa.example.com"]) {
    template.hasResourceProperties("AWS::ApiGatewayV2::DomainName", { DomainName });
    template.hasResourceProperties("AWS::Route53::RecordSet", { Name: `${DomainName}.` });
  }
  template.resourceCountIs("AWS::ApiGatewayV2::ApiMapping", 2);
});

test("a folder without a page is refused: it may be misspelt", () => {
  expect(() => synthFleet({ shards: 1, consoleFolder: "/nowhere" })).toThrow(
    /no index\.html in \/nowhere/,
  );
});

test("workers may run on spare capacity and behind a NAT gateway", () => {
  const { template } = optional;
  template.resourceCountIs("AWS::EC2::NatGateway", 1);
  template.hasResourceProperties("AWS::ECS::Service", {
    CapacityProviderStrategy: [{ CapacityProvider: "FARGATE_SPOT", Weight: 1 }],
    NetworkConfiguration: { AwsvpcConfiguration: Match.objectLike({ AssignPublicIp: "DISABLED" }) },
  });
});

test("the console is read by CloudFront alone, sent with security headers, behind the firewall", () => {
  const { template } = optional;
  template.resourceCountIs("AWS::CloudFront::OriginAccessControl", 1);
  template.allResourcesProperties("AWS::S3::Bucket", {
    PublicAccessBlockConfiguration: Match.objectLike({ RestrictPublicBuckets: true }),
  });
  template.hasResourceProperties("AWS::CloudFront::Distribution", {
    DistributionConfig: Match.objectLike({
      WebACLId: Match.anyValue(),
      CacheBehaviors: Match.arrayWith([Match.objectLike({ PathPattern: "/v1/*" })]),
    }),
  });
  template.hasResourceProperties("AWS::CloudFront::ResponseHeadersPolicy", {
    ResponseHeadersPolicyConfig: {
      SecurityHeadersConfig: Match.objectLike({
        ContentSecurityPolicy: Match.anyValue(),
        StrictTransportSecurity: Match.anyValue(),
        FrameOptions: { FrameOption: "DENY", Override: true },
      }),
    },
  });
});

test("the console and the pages that are named may use the links of media and bundles, and nothing else in S3", () => {
  type Bucket = {
    BucketName?: { "Fn::Join": ["", [string]] };
    CorsConfiguration?: {
      CorsRules: {
        AllowedOrigins: unknown[];
        AllowedMethods: string[];
        AllowedHeaders: string[];
      }[];
    };
  };
  const open = (fleet: Fleet) =>
    Object.values(fleet.find<Bucket>("AWS::S3::Bucket")).flatMap(({ Properties }) => {
      const name = Properties.BucketName?.["Fn::Join"][1][0];
      return (Properties.CorsConfiguration?.CorsRules ?? []).map((rule) => ({ name, ...rule }));
    });
  expect(open(synthFleet())).toEqual([]);
  const named = open(synthFleet({ allowedOrigins: ["https://example.com"] }));
  expect(named.map(({ name }) => name)).toEqual(["wafleet-bundles-", "wafleet-media-"]);
  for (const rule of named) {
    expect(rule.AllowedOrigins).toEqual(["https://example.com"]);
    expect(rule.AllowedMethods).toEqual(["GET", "HEAD", "PUT"]);
    expect(rule.AllowedHeaders).toEqual(["content-type"]);
  }
  const [distribution] = Object.keys(optional.find("AWS::CloudFront::Distribution"));
  const consoleOrigin = ["https://", { "Fn::GetAtt": [distribution, "DomainName"] }];
  expect(open(optional).map(({ AllowedOrigins }) => AllowedOrigins)).toEqual([
    [{ "Fn::Join": ["", consoleOrigin] }],
    [{ "Fn::Join": ["", consoleOrigin] }],
  ]);
});
