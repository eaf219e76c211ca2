import { expect, test } from "vitest";
import { processes } from "#shared/resources/processes.ts";
import type { Access, Binding } from "#shared/resources/processes.ts";
import { tables } from "#shared/resources/tables.ts";
import type { TableName } from "#shared/resources/tables.ts";
import { actionsOn, rolesByProcess, statementsOf } from "./role-statements.ts";
import type { Statement } from "./role-statements.ts";
import { synthFleet } from "./synth-fleet.ts";

const fleet = synthFleet({ shards: 2 });
const roles = rolesByProcess(fleet);
const bindings = Object.entries<Binding>(processes);
const named = (type: string, property: string, name: string) =>
  Object.entries(fleet.find<Record<string, unknown>>(type)).find(
    ([, { Properties }]) => Properties[property] === name,
  )?.[0] ?? "missing";
const tableId = (name: string) =>
  named("AWS::DynamoDB::GlobalTable", "TableName", `wafleet-${name}`);
const queueId = (name: string) => named("AWS::SQS::Queue", "QueueName", `wafleet-${name}.fifo`);
const statements = (process: string) => statementsOf(fleet, roles.get(process) ?? "missing");

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
  const names = {
    commands: ["commands-0", "commands-1"],
    events: ["events"],
    webhooks: ["webhooks"],
  };
  for (const [queue, physical] of Object.entries(names)) {
    const use = binding.queues[queue as keyof typeof names];
    for (const name of physical) {
      const actions = actionsOn(statements(process), queueId(name));
      expect(actions.includes("sqs:SendMessage"), name).toBe(
        use === "send" || use === "sendAndConsume",
      );
      expect(actions.includes("sqs:ReceiveMessage"), name).toBe(
        use === "consume" || use === "sendAndConsume",
      );
    }
  }
});

test("only the runner touches the journal and the snapshots", () => {
  const journal = tableId("journal");
  const [bucket = "missing"] = Object.keys(fleet.find("AWS::S3::Bucket"));
  for (const resource of [journal, bucket]) {
    const able = [...roles.keys()].filter(
      (process) => actionsOn(statements(process), resource).length > 0,
    );
    expect(able).toEqual(["runner"]);
  }
});

test("only the runner can use the key, for one session at a time", () => {
  type Key = { KeyPolicy: { Statement: Statement[] } };
  const [key] = Object.values(fleet.find<Key>("AWS::KMS::Key"));
  const usable = key?.Properties.KeyPolicy.Statement.filter(({ Action }) =>
    [Action]
      .flat()
      .some(
        (action) => /\*$|Decrypt|Encrypt|DataKey|CreateGrant/.test(action) && !harmless(action),
      ),
  );
  expect(usable).toHaveLength(1);
  expect(usable?.[0]).toMatchObject({
    Action: ["kms:Decrypt", "kms:GenerateDataKey"],
    Principal: { AWS: { "Fn::GetAtt": [roles.get("runner"), "Arn"] } },
    Condition: { Null: { "kms:EncryptionContext:sessionId": "false" } },
  });
  for (const process of roles.keys()) {
    const actions = statements(process).flatMap(({ Action }) => Action);
    expect(actions.filter((action) => action.startsWith("kms:"))).toEqual([]);
  }
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

test("nobody can change or remove what the audit holds, and only its readers can read it", () => {
  const able = (pattern: RegExp) =>
    [...roles.keys()].filter((process) =>
      actionsOn(statements(process), tableId("audit")).some((action) => pattern.test(action)),
    );
  expect(able(/Update|Delete|Batch(?!Get)/)).toEqual([]);
  expect(able(/Query|Get/)).toEqual(["insight"]);
});

test("only the operator's Lambda reads the operator's secret, and it signs no tokens", () => {
  const secret = named("AWS::SecretsManager::Secret", "Name", "wafleet-operator-secret");
  const tokens = named("AWS::SecretsManager::Secret", "Name", "wafleet-token-secret");
  const readers = (id: string) =>
    [...roles.keys()].filter((process) => actionsOn(statements(process), id).length > 0);
  expect(readers(secret)).toEqual(["operator"]);
  expect(readers(tokens)).not.toContain("operator");
});

test("dispatch cannot sign tokens, and who signs in cannot reach a session", () => {
  expect(statements("dispatch").flatMap(({ Action }) => Action)).not.toContain(
    "secretsmanager:GetSecretValue",
  );
  expect(actionsOn(statements("accounts"), queueId("commands-0"))).toEqual([]);
});

/** Wildcards over actions that neither use the key nor lend it out. */
function harmless(action: string): boolean {
  return /^kms:(?:Delete|Describe|Disable|Enable|Get|List|Put|Update)\*$/.test(action);
}
