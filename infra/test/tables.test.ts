import { expect, test } from "vitest";
import { tables } from "#shared/resources/tables.ts";
import type { KeyAttribute, TableResource } from "#shared/resources/tables.ts";
import { synthFleet } from "./synth-fleet.ts";

type KeySchema = { AttributeName: string; KeyType: "HASH" | "RANGE" }[];

type Table = {
  TableName: string;
  BillingMode: string;
  KeySchema: KeySchema;
  AttributeDefinitions: { AttributeName: string; AttributeType: string }[];
  TimeToLiveSpecification: { AttributeName: string; Enabled: boolean };
  GlobalSecondaryIndexes?: {
    IndexName: string;
    KeySchema: KeySchema;
    Projection: { ProjectionType: string; NonKeyAttributes?: string[] };
  }[];
  Replicas: {
    DeletionProtectionEnabled: boolean;
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: boolean };
  }[];
};

const made = synthFleet().find<Table>("AWS::DynamoDB::GlobalTable");
const byName = new Map(Object.values(made).map((table) => [table.Properties.TableName, table]));

test("there are the tables of the resource table and no others", () => {
  expect([...byName.keys()].toSorted()).toEqual(
    Object.keys(tables)
      .map((name) => `wafleet-${name}`)
      .toSorted(),
  );
});

test.each(Object.entries<TableResource>(tables))(
  "%s has the keys, indexes, expiry and backups that are declared",
  (name, table) => {
    const properties = byName.get(`wafleet-${name}`)?.Properties;
    const { partitionKey, sortKey } = table;
    expect(properties?.KeySchema).toEqual(keySchema(partitionKey, sortKey));
    expect(properties?.TimeToLiveSpecification).toEqual({
      AttributeName: table.ttlAttribute,
      Enabled: true,
    });
    expect(properties?.GlobalSecondaryIndexes ?? []).toEqual(
      table.indexes.map((index) =>
        expect.objectContaining({
          IndexName: index.name,
          KeySchema: keySchema(index.partitionKey, index.sortKey),
          Projection:
            typeof index.projection === "string"
              ? { ProjectionType: index.projection }
              : { ProjectionType: "INCLUDE", NonKeyAttributes: index.projection.include },
        }),
      ),
    );
    const attributes = [partitionKey, sortKey, ...table.indexes.flatMap(indexKeys)];
    for (const { name: AttributeName, type: AttributeType } of attributes) {
      expect(properties?.AttributeDefinitions).toContainEqual({ AttributeName, AttributeType });
    }
    expect(properties?.Replicas[0]?.PointInTimeRecoverySpecification).toEqual({
      PointInTimeRecoveryEnabled: table.pointInTimeRecovery,
    });
    expect(properties?.BillingMode).toBe("PAY_PER_REQUEST");
  },
);

test("tables cannot be deleted by accident, and survive the stack", () => {
  for (const table of byName.values()) {
    expect(table.Properties.Replicas[0]?.DeletionProtectionEnabled).toBe(true);
    expect(table.DeletionPolicy).toBe("Retain");
  }
});

test("a trial that does not keep its data leaves nothing behind", () => {
  const { template } = synthFleet({ keepData: false });
  const { Resources } = template.toJSON() as { Resources: Record<string, Policied> };
  const kept = Object.entries(Resources).filter(
    ([, { DeletionPolicy }]) => DeletionPolicy === "Retain",
  );
  expect(kept).toEqual([]);
});

type Policied = { DeletionPolicy?: string };

function keySchema(partitionKey: KeyAttribute, sortKey?: KeyAttribute): KeySchema {
  const schema: KeySchema = [{ AttributeName: partitionKey.name, KeyType: "HASH" }];
  if (sortKey) schema.push({ AttributeName: sortKey.name, KeyType: "RANGE" });
  return schema;
}

function indexKeys(index: { partitionKey: KeyAttribute; sortKey?: KeyAttribute }): KeyAttribute[] {
  return index.sortKey ? [index.partitionKey, index.sortKey] : [index.partitionKey];
}
