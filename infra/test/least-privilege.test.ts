import { expect, test } from "vitest";
import { buckets } from "#shared/resources/buckets.ts";
import type { BucketName } from "#shared/resources/buckets.ts";
import { processes } from "#shared/resources/processes.ts";
import type { Access, Binding } from "#shared/resources/processes.ts";
import { queues } from "#shared/resources/queues.ts";
import type { QueueName } from "#shared/resources/queues.ts";
import { tables } from "#shared/resources/tables.ts";
import type { TableName } from "#shared/resources/tables.ts";
import { permissionsOf } from "./permissions-of.ts";
import { actionsOn } from "./role-statements.ts";
import { synthFleet } from "./synth-fleet.ts";

const fleet = synthFleet({ shards: 2 });
const bindings = Object.entries<Binding>(processes);
const { roles, statements, tableId, queueId, bucketId } = permissionsOf(fleet);

const reads = ["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:Query"];
const writes = [
  "dynamodb:BatchWriteItem",
  "dynamodb:DeleteItem",
  "dynamodb:PutItem",
  "dynamodb:UpdateItem",
];
const tableActions: Record<Access, string[]> = {
  read: reads,
  write: writes,
  append: ["dynamodb:PutItem"],
  readWrite: [...reads, ...writes].toSorted(),
};

test("every process has a role of its own", () => {
  expect([...roles.keys()].toSorted()).toEqual(Object.keys(processes).toSorted());
  expect(new Set(roles.values()).size).toBe(roles.size);
});

test.each(bindings)("%s may touch the tables of its binding, and no other", (process, binding) => {
  for (const table of Object.keys(tables)) {
    const access = binding.tables[table as TableName];
    const expected = access ? tableActions[access] : [];
    expect(actionsOn(statements(process), tableId(table)), table).toEqual(expected);
  }
});

test.each(bindings)("%s may use the queues of its binding, and no other", (process, binding) => {
  for (const [queue, { perShard }] of Object.entries(queues)) {
    const use = binding.queues[queue as QueueName];
    for (const name of perShard ? [`${queue}-0`, `${queue}-1`] : [queue]) {
      const actions = actionsOn(statements(process), queueId(name));
      expect(actions.includes("sqs:SendMessage"), name).toBe(
        use === "send" || use === "sendAndConsume",
      );
      expect(actions.includes("sqs:ReceiveMessage"), name).toBe(
        use === "consume" || use === "sendAndConsume",
      );
      expect(actions.length > 0, name).toBe(use !== undefined);
    }
  }
});

test.each(bindings)("%s may use the buckets of its binding, and no other", (process, binding) => {
  for (const bucket of Object.keys(buckets)) {
    const access = binding.buckets[bucket as BucketName];
    const actions = actionsOn(statements(process), bucketId(bucket));
    expect(actions.includes("s3:GetObject"), bucket).toBe(access?.startsWith("read") ?? false);
    expect(actions.includes("s3:PutObject"), bucket).toBe(/write/i.test(access ?? ""));
    expect(actions.length > 0, bucket).toBe(access !== undefined);
  }
});

test("what a role may touch is made by this very template, but for tenants' roles and X-Ray", () => {
  const { Resources } = fleet.template.toJSON() as { Resources: object };
  const elsewhere = [...roles.keys()].flatMap((process) =>
    statements(process)
      .flatMap(({ Resource }) => Resource)
      .filter((resource) => !Object.keys(Resources).some((id) => mentions(resource, id)))
      .map((resource) => [process, lastPart(resource)]),
  );
  const service = ":service/wafleet/wafleet-runner";
  expect(elsewhere).toEqual([
    ["sessions", service],
    ["schedule", service],
    ["deliver", ":iam::*:role/wafleet-sink-*"],
  ]);
});

test("no role is given a managed policy, or a whole service", () => {
  type Role = { ManagedPolicyArns?: unknown; Policies?: unknown };
  for (const { Properties } of Object.values(fleet.find<Role>("AWS::IAM::Role"))) {
    expect(Properties.ManagedPolicyArns).toBeUndefined();
    expect(Properties.Policies).toBeUndefined();
  }
  const actions = [...roles.keys()].flatMap((process) =>
    statements(process).flatMap(({ Action }) => Action),
  );
  expect(actions.filter((action) => action.includes("*"))).toEqual([]);
});

function mentions(resource: unknown, id: string): boolean {
  return JSON.stringify(resource).includes(`"${id}"`);
}

/** What stands in an ARN after the references. */
function lastPart(resource: unknown): unknown {
  const parts = (resource as { "Fn::Join"?: ["", unknown[]] })["Fn::Join"]?.[1];
  return parts?.at(-1) ?? resource;
}
