import type { WriteCost } from "./write-cost.ts";

export type ConsumedCapacity = {
  TableName: string;
  CapacityUnits: number;
  Table?: { CapacityUnits: number };
  GlobalSecondaryIndexes?: Record<string, { CapacityUnits: number }>;
};

export function totalUnits(cost: WriteCost): number {
  return Object.values(cost.indexes).reduce((sum, units) => sum + units, cost.table);
}

export function addCosts(costs: WriteCost[]): WriteCost {
  const sum: WriteCost = { table: 0, indexes: {} };
  for (const cost of costs) {
    sum.table += cost.table;
    for (const [name, units] of Object.entries(cost.indexes)) {
      sum.indexes[name] = (sum.indexes[name] ?? 0) + units;
    }
  }
  return sum;
}

/** What `ReturnConsumedCapacity` reports; `INDEXES` asks for the parts as well. */
export function toConsumedCapacity(
  table: string,
  cost: WriteCost,
  detail: unknown,
): ConsumedCapacity {
  const total = { TableName: table, CapacityUnits: totalUnits(cost) };
  if (detail !== "INDEXES") return total;
  const indexes = Object.entries(cost.indexes).map(
    ([name, units]) => [name, { CapacityUnits: units }] as const,
  );
  return {
    ...total,
    Table: { CapacityUnits: cost.table },
    ...(indexes.length > 0 && { GlobalSecondaryIndexes: Object.fromEntries(indexes) }),
  };
}
