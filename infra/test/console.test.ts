import { Match } from "aws-cdk-lib/assertions";
import { expect, test } from "vitest";
import { everyOption } from "./every-option.ts";
import { synthFleet, synthHosted } from "./synth-fleet.ts";
import type { Fleet } from "./synth-fleet.ts";

const hosted = synthHosted({ ...everyOption, shards: 1 });

test("a folder without a page is refused: it may be misspelt", () => {
  expect(() => synthFleet({ shards: 1, consoleFolder: "/nowhere" })).toThrow(
    /no index\.html in \/nowhere/,
  );
});

test("the console is read by CloudFront alone, sent with security headers, behind the firewall", () => {
  const { template } = hosted;
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

test("the API knows what comes by the console's distribution, by a mark that is in no template", () => {
  type Origin = { OriginCustomHeaders?: { HeaderName: string; HeaderValue: unknown }[] };
  type Hosted = { DistributionConfig: { Origins: Origin[] } };
  const [distribution] = Object.values(hosted.find<Hosted>("AWS::CloudFront::Distribution"));
  const marks = distribution?.Properties.DistributionConfig.Origins.flatMap(
    ({ OriginCustomHeaders = [] }) => OriginCustomHeaders,
  );
  const HeaderValue = { "Fn::Select": [2, { "Fn::Split": ["/", { Ref: "AWS::StackId" }] }] };
  expect(marks).toEqual([{ HeaderName: "x-wafleet-page", HeaderValue }]);
  for (const [fleet, expected] of [
    [hosted, HeaderValue],
    [synthFleet({ shards: 1 }), ""],
  ] as const) {
    fleet.template.hasResourceProperties("AWS::Lambda::Function", {
      FunctionName: "wafleet-accounts",
      Environment: { Variables: Match.objectLike({ WAFLEET_PAGE_MARK: expected }) },
    });
  }
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
  const [distribution] = Object.keys(hosted.find("AWS::CloudFront::Distribution"));
  const consoleOrigin = ["https://", { "Fn::GetAtt": [distribution, "DomainName"] }];
  expect(open(hosted).map(({ AllowedOrigins }) => AllowedOrigins)).toEqual([
    [{ "Fn::Join": ["", consoleOrigin] }],
    [{ "Fn::Join": ["", consoleOrigin] }],
  ]);
});
