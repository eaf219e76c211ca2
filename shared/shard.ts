import { createHash } from "node:crypto";

/** The shard of a new session. It is stored on the session: changing the count moves nobody. */
export function chooseShard(sessionId: string, shards: number): number {
  return createHash("sha256").update(sessionId).digest().readUInt32BE(0) % shards;
}
