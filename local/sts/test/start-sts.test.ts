import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { dummyCredentials } from "#local/stand-in/dummy-credentials.ts";
import type { StandIn } from "#local/stand-in/stand-in.ts";
import { startSts } from "../start-sts.ts";

const roleArn = "arn:aws:iam::123456789012:role/wafleet-sink-events";
const request = { RoleArn: roleArn, RoleSessionName: "wafleet", ExternalId: "acc_1" };

let standIn: StandIn;
let client: STSClient;

beforeAll(async () => {
  standIn = await startSts({ trusts: (arn, id) => arn === roleArn && id === "acc_1" });
  const { endpoint } = standIn;
  client = new STSClient({ region: "us-east-1", credentials: dummyCredentials, endpoint });
});
afterAll(async () => {
  client.destroy();
  await standIn.stop();
});

test("a role that trusts us gives credentials for an hour", async () => {
  const { Credentials, AssumedRoleUser } = await client.send(new AssumeRoleCommand(request));
  expect(Credentials).toMatchObject({
    AccessKeyId: expect.stringMatching(/^ASIA[0-9A-F]{16}$/),
    SecretAccessKey: expect.stringMatching(/./),
    SessionToken: expect.stringMatching(/./),
  });
  const seconds = (Number(Credentials?.Expiration) - Date.now()) / 1000;
  expect(seconds).toBeGreaterThan(3_000);
  expect(seconds).toBeLessThanOrEqual(3_600);
  expect(AssumedRoleUser?.Arn).toBe(
    "arn:aws:sts::123456789012:assumed-role/wafleet-sink-events/wafleet",
  );
});

test.each([
  ["another external id", { ExternalId: "acc_2" }],
  ["no external id", { ExternalId: undefined }],
  ["a role that is not there", { RoleArn: `${roleArn}-other` }],
])("with %s it denies access", async (_what, change) => {
  const denied = client.send(new AssumeRoleCommand({ ...request, ...change }));
  await expect(denied).rejects.toMatchObject({
    name: "AccessDenied",
    $metadata: { httpStatusCode: 403 },
  });
});

test("what it does not have it says", async () => {
  const call = client.send(new GetCallerIdentityCommand({}));
  await expect(call).rejects.toMatchObject({ name: "InvalidAction" });
});
