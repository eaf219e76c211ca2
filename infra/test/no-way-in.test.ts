import { expect, test } from "vitest";
import type { Statement } from "./role-statements.ts";
import { synthFleet } from "./synth-fleet.ts";

const fleet = synthFleet({ shards: 1 });

test("nothing is public but the two APIs", () => {
  const { Resources } = fleet.template.toJSON() as { Resources: Record<string, { Type: string }> };
  const doors = Object.values(Resources)
    .map(({ Type }) => Type)
    .filter((type) =>
      /ApiGateway\w*::(?:Api|RestApi)$|LoadBalancer|Lambda::Url|CloudFront::Distribution|EC2::(?:EIP|NatGateway|Instance)$|ApiGateway::/.test(
        type,
      ),
    );
  expect(doors).toEqual(["AWS::ApiGatewayV2::Api", "AWS::ApiGatewayV2::Api"]);
});

test("workers let nothing in and speak TLS only, but to proxies at the ports that proxies have", () => {
  fleet.template.resourceCountIs("AWS::EC2::SecurityGroupIngress", 0);
  type Group = { SecurityGroupIngress?: unknown; SecurityGroupEgress: unknown };
  for (const { Properties } of Object.values(fleet.find<Group>("AWS::EC2::SecurityGroup"))) {
    expect(Properties.SecurityGroupIngress).toBeUndefined();
    expect(Properties.SecurityGroupEgress).toEqual(
      [443, 1080, 3128, 8080].map((port) =>
        expect.objectContaining({
          CidrIp: "0.0.0.0/0",
          IpProtocol: "tcp",
          FromPort: port,
          ToPort: port,
        }),
      ),
    );
  }
});

test("DynamoDB and S3 are reached without a NAT gateway, for nothing", () => {
  const endpoints = Object.values(fleet.find<{ VpcEndpointType: string }>("AWS::EC2::VPCEndpoint"));
  expect(endpoints.map(({ Properties }) => Properties.VpcEndpointType)).toEqual([
    "Gateway",
    "Gateway",
  ]);
});

test("the bucket is private", () => {
  fleet.template.allResourcesProperties("AWS::S3::Bucket", {
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    },
  });
});

test.each(["AWS::SQS::QueuePolicy", "AWS::S3::BucketPolicy"])(
  "%s lets nobody in: it only turns away who comes without TLS",
  (type) => {
    type Policy = { PolicyDocument: { Statement: Statement[] } };
    const statements = Object.values(fleet.find<Policy>(type)).flatMap(
      ({ Properties }) => Properties.PolicyDocument.Statement,
    );
    expect(statements.length).toBeGreaterThan(0);
    expect(statements.filter(({ Effect }) => Effect !== "Deny")).toEqual([]);
  },
);
