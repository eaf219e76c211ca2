export type KeySpec = { name: string; type: "S" | "N" | "B" };

export type IndexSpec = {
  name: string;
  partitionKey: KeySpec;
  sortKey?: KeySpec;
  projection: "ALL" | "KEYS_ONLY" | { include: string[] };
};

/** A table to create when it is absent; always billed per request. */
export type TableSpec = {
  name: string;
  partitionKey: KeySpec;
  sortKey?: KeySpec;
  ttlAttribute?: string;
  indexes?: IndexSpec[];
};

/** The body of the `CreateTable` call for a table. */
export function toCreateTable(spec: TableSpec) {
  const indexes = spec.indexes ?? [];
  const keys = [spec, ...indexes].flatMap((part) =>
    part.sortKey ? [part.partitionKey, part.sortKey] : [part.partitionKey],
  );
  return {
    TableName: spec.name,
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: [...new Map(keys.map((key) => [key.name, key])).values()].map((key) => ({
      AttributeName: key.name,
      AttributeType: key.type,
    })),
    KeySchema: toKeySchema(spec),
    ...(indexes.length > 0 && {
      GlobalSecondaryIndexes: indexes.map((index) => ({
        IndexName: index.name,
        KeySchema: toKeySchema(index),
        Projection: toProjection(index.projection),
      })),
    }),
  };
}

function toKeySchema(part: { partitionKey: KeySpec; sortKey?: KeySpec }) {
  return [
    { AttributeName: part.partitionKey.name, KeyType: "HASH" },
    ...(part.sortKey ? [{ AttributeName: part.sortKey.name, KeyType: "RANGE" }] : []),
  ];
}

function toProjection(projection: IndexSpec["projection"]) {
  if (typeof projection === "string") return { ProjectionType: projection };
  return { ProjectionType: "INCLUDE", NonKeyAttributes: projection.include };
}
