import { describe, expect, test } from "vitest";
import type { WireItem } from "../item-size.ts";
import { type IndexShape, indexWriteUnits, tableWriteUnits, writeCost } from "../write-cost.ts";

const tableKeys = ["id"];
const full: IndexShape = { name: "full", keys: ["state"] };
const keysOnly: IndexShape = { name: "keys", keys: ["state"], include: [] };
const some: IndexShape = { name: "some", keys: ["state"], include: ["label"] };

function item(attributes: Record<string, string>): WireItem {
  return Object.fromEntries(Object.entries(attributes).map(([name, text]) => [name, { S: text }]));
}

const big = "x".repeat(1500);

describe("a write to the table", () => {
  test("costs one unit for each started kilobyte", () => {
    expect(tableWriteUnits(undefined, item({ id: "1" }))).toBe(1);
    expect(tableWriteUnits(undefined, item({ id: "x".repeat(1022) }))).toBe(1);
    expect(tableWriteUnits(undefined, item({ id: "x".repeat(1023) }))).toBe(2);
  });

  test("costs the larger of what was and what is", () => {
    expect(tableWriteUnits(item({ id: "1", text: big }), item({ id: "1" }))).toBe(2);
    expect(tableWriteUnits(item({ id: "1", text: big }), undefined)).toBe(2);
  });

  test("costs one unit even when there was nothing to delete", () => {
    expect(tableWriteUnits(undefined, undefined)).toBe(1);
  });
});

describe("a write to an index", () => {
  const units = (index: IndexShape, before?: WireItem, after?: WireItem) =>
    indexWriteUnits(index, tableKeys, before, after);

  test("is free for an item without the index's key", () => {
    expect(units(full, undefined, item({ id: "1" }))).toBe(0);
    expect(units(full, item({ id: "1" }), item({ id: "1", label: "a" }))).toBe(0);
  });

  test("costs one write when the entry appears or disappears", () => {
    expect(units(full, undefined, item({ id: "1", state: "a" }))).toBe(1);
    expect(units(full, item({ id: "1", state: "a" }), item({ id: "1" }))).toBe(1);
    expect(units(full, item({ id: "1", state: "a" }), undefined)).toBe(1);
  });

  test("costs two writes when the index key changes", () => {
    expect(units(full, item({ id: "1", state: "a" }), item({ id: "1", state: "b" }))).toBe(2);
  });

  test("costs one write when a projected attribute changes", () => {
    const before = item({ id: "1", state: "a", label: "x" });
    const after = item({ id: "1", state: "a", label: "y" });
    expect(units(full, before, after)).toBe(1);
    expect(units(some, before, after)).toBe(1);
  });

  test("is free when only attributes outside the projection change", () => {
    const before = item({ id: "1", state: "a", text: "x" });
    const after = item({ id: "1", state: "a", text: big });
    expect(units(keysOnly, before, after)).toBe(0);
    expect(units(some, before, after)).toBe(0);
    expect(units(full, before, after)).toBe(2);
  });

  test("is free when the same item is put again, whatever the order of its sets and maps", () => {
    const before: WireItem = {
      id: { S: "1" },
      state: { S: "a" },
      tags: { SS: ["b", "a"] },
      map: { M: { one: { N: "1" }, two: { N: "2" } } },
    };
    const after: WireItem = {
      map: { M: { two: { N: "2" }, one: { N: "1" } } },
      tags: { SS: ["a", "b"] },
      state: { S: "a" },
      id: { S: "1" },
    };
    expect(units(full, before, after)).toBe(0);
  });

  test("sizes only what the index carries", () => {
    expect(units(keysOnly, undefined, item({ id: "1", state: "a", text: big }))).toBe(1);
    expect(units(full, undefined, item({ id: "1", state: "a", text: big }))).toBe(2);
  });
});

test("an item write reports the table and only the indexes it touched", () => {
  const cost = writeCost(
    [full, keysOnly],
    tableKeys,
    item({ id: "1", state: "a" }),
    item({ id: "1", state: "a", text: "new" }),
  );
  expect(cost).toEqual({ table: 1, indexes: { full: 1 } });
});
