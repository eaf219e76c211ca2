import type { Stage } from "./stage.ts";

/** Whether so many workers hold all the shards, as evenly as can be: then none moves any more. */
export async function isShared(stage: Stage, workers: number): Promise<boolean> {
  const held = new Map<string, number>();
  for (const { workerId, giver } of await stage.owners()) {
    if (giver !== undefined) return false;
    held.set(workerId, (held.get(workerId) ?? 0) + 1);
  }
  const counts = [...held.values()];
  const all = counts.reduce((sum, count) => sum + count, 0);
  const even = Math.max(...counts) - Math.min(...counts) < 2;
  return all === stage.shards && held.size === workers && !held.has("") && even;
}
