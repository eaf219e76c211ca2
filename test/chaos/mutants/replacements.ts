/** A piece of the runner's source and what stands there instead. */
export type Replacement = { name: string; file: string; from: string; to: string };

export const replacements: Replacement[] = [
  {
    name: "thief",
    file: "fleet/share.ts",
    from: "(owner === me || holding.has(owner))",
    to: "owner === me",
  },
  {
    // The table goes on saying that the other one holds the shard.
    name: "thief",
    file: "fleet/worker.ts",
    from: "await store.claim(shard, seen.get(shard), workerId)",
    to: "!this.#held.has(shard)",
  },
];
