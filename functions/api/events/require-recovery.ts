import * as edges from "#functions/store/log-edges.ts";
import type { Positions } from "#shared/contracts/socket.ts";
import { Fault } from "#shared/faults/fault.ts";
import type { EventDeps } from "./event-deps.ts";

const dayMs = 24 * 3_600_000;

/**
 * Events that have expired after a reader's position must not be passed over in silence.
 * @throws {Fault} `cursor_expired` with where to go on, by `toCursor` of the positions that are left
 */
export async function requireRecovery(
  deps: EventDeps,
  { accountId, positions }: { accountId: string; positions: Positions },
  toCursor: (left: Positions) => string | null,
): Promise<void> {
  const retentionMs = deps.eventRetentionDays * dayMs;
  const left: Positions = {};
  const lost: { source: string; oldest: string | null }[] = [];
  for (const [source, after] of Object.entries(positions)) {
    const found = await edges.recovery(deps.messages, { source, after, accountId, retentionMs });
    if (found.recovered) left[source] = after;
    else lost.push({ source, oldest: found.oldest });
  }
  if (lost.length === 0) return;
  throw new Fault("cursor_expired", {
    extra: { recovered: false, lost, resumeAfter: toCursor(left) },
  });
}
