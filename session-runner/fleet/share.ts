import type { ShardItem } from "#shared/items/fleet-item.ts";

export type ShareView = {
  me: string;
  /** Number of shards of the deployment. */
  shards: number;
  owners: ShardItem[];
  /** Workers that take a share, this one included. */
  sharing: ReadonlySet<string>;
  /** Workers whose shards nobody may take. */
  holding: ReadonlySet<string>;
};

/** What this worker should do next for an even share; one shard moves at a time. */
export function nextMoves(view: ShareView): { claim: number[]; release: number[] } {
  const owners = new Map(view.owners.map((item) => [item.shard, item.workerId]));
  const all = Array.from({ length: view.shards }, (_, shard) => shard);
  const mine = all.filter((shard) => owners.get(shard) === view.me);
  const free = all.filter((shard) => !isHeld(owners.get(shard), view));
  const most = Math.ceil(view.shards / Math.max(1, view.sharing.size));
  const claim = free.slice(0, Math.max(0, most - mine.length));
  const crowded = mine.length > most && free.length === 0;
  return { claim, release: crowded ? mine.slice(-1) : [] };
}

function isHeld(owner: string | undefined, { me, holding }: ShareView): boolean {
  return owner !== undefined && owner !== "" && (owner === me || holding.has(owner));
}
