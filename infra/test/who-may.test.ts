import { expect, test } from "vitest";
import { tables } from "#shared/resources/tables.ts";
import { permissionsOf } from "./permissions-of.ts";
import { actionsOn } from "./role-statements.ts";
import type { Statement } from "./role-statements.ts";
import { synthFleet } from "./synth-fleet.ts";

const fleet = synthFleet({ shards: 2 });
const { roles, statements, tableId, queueId, bucketId } = permissionsOf(fleet);

test("only the runner touches the journal and the snapshots", () => {
  for (const resource of [tableId("journal"), bucketId("snapshots")]) {
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

test("nobody can change or remove what the audit holds, and only its readers can read it", () => {
  const able = (pattern: RegExp) =>
    [...roles.keys()].filter((process) =>
      actionsOn(statements(process), tableId("audit")).some((action) => pattern.test(action)),
    );
  expect(able(/Update|Delete|Batch(?!Get)/)).toEqual([]);
  expect(able(/Query|Get/)).toEqual(["insight"]);
});

test("only the operator's Lambda reads the operator's secret, and it signs no tokens", () => {
  const secret = secretId("operator-secret");
  const tokens = secretId("token-secret");
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

test("the sender of webhooks reads events, endpoints and their secrets, and nothing else", () => {
  const readable = (pattern: RegExp, candidates: [string, string][]) =>
    candidates
      .filter(([, id]) =>
        actionsOn(statements("deliver"), id).some((action) => pattern.test(action)),
      )
      .map(([name]) => name);
  const tableIds = Object.keys(tables).map((name): [string, string] => [name, tableId(name)]);
  expect(readable(/Get|Query|Scan/, tableIds)).toEqual(["messages", "webhooks", "secrets"]);
  const queueNames = ["commands-0", "commands-1", "events", "webhooks", "batches"];
  const queueIds = queueNames.map((name): [string, string] => [name, queueId(name)]);
  expect(readable(/Receive/, queueIds)).toEqual(["webhooks"]);
  const services = statements("deliver").flatMap(({ Action }) =>
    [Action].flat().map((action) => action.split(":", 1).join()),
  );
  expect([...new Set(services)].toSorted()).toEqual(["dynamodb", "logs", "sqs", "sts"]);
});

test("signing secrets of webhooks are read by who sends and by who shows them, and by nobody else", () => {
  const readers = [...roles.keys()].filter((process) =>
    actionsOn(statements(process), tableId("secrets")).some((action) => /Get|Query/.test(action)),
  );
  expect(readers.toSorted()).toEqual(["deliver", "webhooks"]);
});

function secretId(name: string): string {
  type Secret = { Name: string };
  const secrets = Object.entries(fleet.find<Secret>("AWS::SecretsManager::Secret"));
  return (
    secrets.find(([, { Properties }]) => Properties.Name === `wafleet-${name}`)?.[0] ?? "missing"
  );
}

/** Wildcards over actions that neither use the key nor lend it out. */
function harmless(action: string): boolean {
  return /^kms:(?:Delete|Describe|Disable|Enable|Get|List|Put|Update)\*$/.test(action);
}
