import { itemSize, type WireItem } from "./item-size.ts";

/** An index of a table, as far as its writes are concerned. */
export type IndexShape = {
  name: string;
  /** Partition and sort key of the index. */
  keys: string[];
  /** Attributes it carries besides the keys of table and index; all of them when absent. */
  include?: string[];
};

export type WriteCost = { table: number; indexes: Record<string, number> };

/** Write units of one item write: one per started KB of the larger of the two, at least one. */
export function tableWriteUnits(before: WireItem | undefined, after: WireItem | undefined): number {
  return Math.max(kilobytes(before), kilobytes(after), 1);
}

/**
 * Write units of one change in one index. An entry that appears, changes or disappears costs one
 * write; a changed index key costs two (delete and put); an untouched projection costs none.
 */
export function indexWriteUnits(
  index: IndexShape,
  tableKeys: string[],
  before: WireItem | undefined,
  after: WireItem | undefined,
): number {
  const left = indexEntry(index, tableKeys, before);
  const entered = indexEntry(index, tableKeys, after);
  if (!left || !entered) return kilobytes(left) + kilobytes(entered);
  if (!sameAttributes(left, entered, index.keys)) return kilobytes(left) + kilobytes(entered);
  const names = [...new Set([...Object.keys(left), ...Object.keys(entered)])];
  return sameAttributes(left, entered, names) ? 0 : Math.max(kilobytes(left), kilobytes(entered));
}

/** What one successful write of an item costs in its table and in each index. */
export function writeCost(
  indexes: IndexShape[],
  tableKeys: string[],
  before: WireItem | undefined,
  after: WireItem | undefined,
): WriteCost {
  return {
    table: tableWriteUnits(before, after),
    indexes: Object.fromEntries(
      indexes
        .map((index) => [index.name, indexWriteUnits(index, tableKeys, before, after)] as const)
        .filter(([, units]) => units > 0),
    ),
  };
}

/** An item is in an index only when it has every key attribute of that index. */
function indexEntry(
  index: IndexShape,
  tableKeys: string[],
  item: WireItem | undefined,
): WireItem | undefined {
  if (!item || index.keys.some((key) => item[key] === undefined)) return undefined;
  if (!index.include) return item;
  const carried = new Set([...tableKeys, ...index.keys, ...index.include]);
  return Object.fromEntries(Object.entries(item).filter(([name]) => carried.has(name)));
}

function sameAttributes(left: WireItem, right: WireItem, names: string[]): boolean {
  return names.every((name) => canonical(left[name]) === canonical(right[name]));
}

/** Text that is equal for equal values: the members of sets and maps have no order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (key, part: unknown) => {
    if (Array.isArray(part) && ["SS", "NS", "BS"].includes(key)) {
      return part.map(String).toSorted(byText);
    }
    if (part && typeof part === "object" && !Array.isArray(part)) {
      return Object.fromEntries(
        Object.entries(part).toSorted(([left], [right]) => byText(left, right)),
      );
    }
    return part;
  });
}

function byText(left: string, right: string): number {
  return left < right ? -1 : 1;
}

function kilobytes(item: WireItem | undefined): number {
  return item ? Math.ceil(itemSize(item) / 1024) : 0;
}
