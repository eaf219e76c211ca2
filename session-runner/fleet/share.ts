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

export type Moves = {
  claim: number[];
  release: number[];
  /** Others hold what this worker lacks, and will give it up soon. */
  lacking: boolean;
};

/** What this worker should do next for an even share; one shard moves at a time. */
export function nextMoves(view: ShareView): Moves {
  const owners = new Map(view.owners.map((item) => [item.shard, item.workerId]));
  const all = Array.from({ length: view.shards }, (_, shard) => shard);
  const mine = all.filter((shard) => owners.get(shard) === view.me);
  const free = all.filter((shard) => !isHeld(owners.get(shard), view));
  const most = Math.ceil(view.shards / Math.max(1, view.sharing.size));
  const claim = free.slice(0, Math.max(0, most - mine.length));
  const release = free.length === 0 && isToGive(view, owners, mine.length) ? mine.slice(-1) : [];
  const lacking = mine.length + claim.length < Math.floor(view.shards / view.sharing.size);
  return { claim, release, lacking };
}

/** Whether this worker is the one whose shard another one lacks: the first of the most crowded. */
function isToGive(view: ShareView, owners: Map<number, string>, held: number): boolean {
  const counts = new Map([...view.sharing].map((workerId) => [workerId, 0]));
  for (const owner of owners.values()) {
    const count = counts.get(owner);
    if (count !== undefined) counts.set(owner, count + 1);
  }
  const most = Math.max(...counts.values());
  if (held < most || most - Math.min(...counts.values()) < 2) return false;
  const crowded = [...counts].filter(([, count]) => count === most).map(([workerId]) => workerId);
  return crowded.toSorted()[0] === view.me;
}

function isHeld(owner: string | undefined, { me, holding }: ShareView): boolean {
  return owner !== undefined && owner !== "" && (owner === me || holding.has(owner));
}
