import { expect, test } from "vitest";
import type { Statement } from "./role-statements.ts";
import { allResources, synthFleet, synthHosted } from "./synth-fleet.ts";

const fleet = synthFleet({ shards: 1 });
const hosted = synthHosted({ shards: 1 });

const door =
  /ApiGateway\w*::(?:Api|RestApi)$|LoadBalancer|Lambda::Url|CloudFront::Distribution|EC2::(?:EIP|NatGateway|Instance)$|ApiGateway::/;

test.each([
  { what: "the two APIs", made: fleet, pages: [] },
  {
    what: "the two APIs and the console",
    made: hosted,
    pages: ["AWS::CloudFront::Distribution"],
  },
])("nothing is public but $what", ({ made, pages }) => {
  const doors = allResources(made)
    .map(({ Type }) => Type)
    .filter((type) => door.test(type));
  expect(doors.toSorted()).toEqual(["AWS::ApiGatewayV2::Api", "AWS::ApiGatewayV2::Api", ...pages]);
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

test("every bucket is private", () => {
  hosted.template.allResourcesProperties("AWS::S3::Bucket", {
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

test("the console's files are read by its own distribution alone", () => {
  type Policy = { PolicyDocument: { Statement: Statement[] } };
  const policies = Object.values(hosted.find<Policy>("AWS::S3::BucketPolicy"));
  const statements = policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
  const allowing = statements.filter(({ Effect }) => Effect === "Allow");
  const [distribution] = Object.keys(hosted.find("AWS::CloudFront::Distribution"));
  expect(allowing).toHaveLength(1);
  expect(allowing[0]).toMatchObject({
    Action: "s3:GetObject",
    Principal: { Service: "cloudfront.amazonaws.com" },
  });
  const { Condition } = allowing[0] ?? {};
  expect(JSON.stringify(Condition)).toContain(`{"Ref":"${distribution}"}`);
  expect(Object.keys(Condition ?? {})).toEqual(["StringEquals"]);
});
