import { DescribeServicesCommand, ECSClient, UpdateServiceCommand } from "@aws-sdk/client-ecs";
import { dummyCredentials } from "#local/stand-in/dummy-credentials.ts";
import { expect, test } from "vitest";
import { startEcs } from "../start-ecs.ts";

async function rig() {
  const asked: number[] = [];
  const ecs = await startEcs({
    cluster: "wafleet",
    service: "wafleet-runner",
    desiredCount: 0,
    onDesired: (count) => void asked.push(count),
  });
  const client = new ECSClient({
    endpoint: ecs.endpoint,
    region: "us-east-1",
    credentials: dummyCredentials,
    maxAttempts: 1,
  });
  return {
    asked,
    client,
    async [Symbol.asyncDispose]() {
      client.destroy();
      await ecs.stop();
    },
  };
}

const service = { cluster: "wafleet", service: "wafleet-runner" };

test("another number of tasks is asked for once, and shown", async () => {
  await using ecs = await rig();
  for (const desiredCount of [2, 2, 0]) {
    await ecs.client.send(new UpdateServiceCommand({ ...service, desiredCount }));
  }
  expect(ecs.asked).toEqual([2, 0]);
  const { services } = await ecs.client.send(
    new DescribeServicesCommand({ cluster: "wafleet", services: ["wafleet-runner"] }),
  );
  expect(services?.[0]?.desiredCount).toBe(0);
});

test("a cluster or service of another name is refused as AWS refuses it", async () => {
  await using ecs = await rig();
  const elsewhere = new UpdateServiceCommand({ ...service, cluster: "other" });
  await expect(ecs.client.send(elsewhere)).rejects.toThrow("Cluster not found");
  const other = new UpdateServiceCommand({ ...service, service: "other" });
  await expect(ecs.client.send(other)).rejects.toMatchObject({ name: "ServiceNotFoundException" });
});
