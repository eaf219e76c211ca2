import * as edges from "#functions/store/log-edges.ts";
import type { Positions } from "#shared/contracts/socket.ts";
import pMap from "p-map";
import type { SocketDeps } from "./socket-deps.ts";

const concurrency = 16;

/** The newest cursor of each source; a read unit or so for each. */
export async function findHeads(deps: SocketDeps, sources: string[]): Promise<Positions> {
  const heads = await pMap(
    sources,
    async (source) => [source, await edges.head(deps.messages, source)] as const,
    { concurrency },
  );
  return Object.fromEntries(heads);
}
