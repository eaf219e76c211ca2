import { RemovalPolicy } from "aws-cdk-lib";
import {
  AttributeType,
  Billing,
  ProjectionType,
  TableEncryptionV2,
  TableV2,
} from "aws-cdk-lib/aws-dynamodb";
import type { GlobalSecondaryIndexPropsV2 } from "aws-cdk-lib/aws-dynamodb";
import type { Construct } from "constructs";
import { tableName } from "#shared/resources/names.ts";
import { tables } from "#shared/resources/tables.ts";
import type {
  KeyAttribute,
  TableIndex,
  TableName,
  TableResource,
} from "#shared/resources/tables.ts";

export type Tables = Record<TableName, TableV2>;

const attributeTypes = {
  S: AttributeType.STRING,
  N: AttributeType.NUMBER,
  B: AttributeType.BINARY,
};

/** Every table of the resource table, on demand: an idle one costs its storage alone. */
export function createTables(scope: Construct, stage: string, keepData: boolean): Tables {
  const made = Object.entries<TableResource>(tables).map(([name, table]) => [
    name,
    new TableV2(scope, `${name}-table`, {
      tableName: tableName(stage, name as TableName),
      partitionKey: toAttribute(table.partitionKey),
      sortKey: toAttribute(table.sortKey),
      globalSecondaryIndexes: table.indexes.map(toIndex),
      billing: Billing.onDemand(),
      timeToLiveAttribute: table.ttlAttribute,
      // No key of our own: what must stay secret from readers of a table is sealed before it gets
      // there, and a customer key would need a grant in every role and a fee a month.
      encryption: TableEncryptionV2.awsManagedKey(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: table.pointInTimeRecovery },
      deletionProtection: keepData,
      removalPolicy: keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    }),
  ]);
  return Object.fromEntries(made) as Tables;
}

function toAttribute({ name, type }: KeyAttribute): { name: string; type: AttributeType } {
  return { name, type: attributeTypes[type] };
}

function toIndex(index: TableIndex): GlobalSecondaryIndexPropsV2 {
  const { projection } = index;
  return {
    indexName: index.name,
    partitionKey: toAttribute(index.partitionKey),
    ...(index.sortKey && { sortKey: toAttribute(index.sortKey) }),
    ...(typeof projection === "string"
      ? { projectionType: ProjectionType[projection] }
      : { projectionType: ProjectionType.INCLUDE, nonKeyAttributes: projection.include }),
  };
}
