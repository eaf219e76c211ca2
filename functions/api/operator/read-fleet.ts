import * as fleetStore from "#functions/store/fleet.ts";
import * as items from "#functions/store/items.ts";
import { sessionKey } from "#functions/store/sessions.ts";
import type { SessionItem } from "#functions/store/sessions.ts";
import type { FleetHealth } from "#shared/contracts/operator.ts";
import type { WantedItem, WorkerItem } from "#shared/items/fleet-item.ts";
import { waitingStates } from "#shared/contracts/session-status.ts";
import type { OperatorDeps } from "./operator-deps.ts";

/** Beyond so many sessions their states are told of the first ones only. */
const lookedAt = 5_000;

/** Who holds what, and how the sessions are that want to be connected. */
export async function readFleet({
  fleet,
  control,
  shards: total,
  now,
}: OperatorDeps): Promise<NonNullable<FleetHealth["fleet"]>> {
  const [workers, owners, wanted] = await Promise.all([
    fleetStore.workers(fleet),
    fleetStore.shards(fleet),
    fleetStore.wanted(fleet, total),
  ]);
  const alive = new Set(workers.map(({ workerId }) => workerId));
  const owned = new Set(
    owners.filter(({ workerId }) => alive.has(workerId)).map(({ shard }) => shard),
  );
  const numbers = Array.from({ length: total }, (_, shard) => shard);
  const sessions = await readSessions(control, wanted.slice(0, lookedAt));
  return {
    workers: workers.map(({ workerId: id, draining }) => ({ id, draining })),
    shards: {
      total,
      owned: numbers.filter((shard) => owned.has(shard)).length,
      ownerless: numbers.filter((shard) => !owned.has(shard)),
    },
    sessions: {
      wanted: wanted.length,
      byState: countStates(sessions),
      isComplete: wanted.length <= lookedAt,
    },
    oldestCommandSeconds: findOldest(workers, now()),
    longestWaiting: findLongestWaiting(sessions),
  };
}

function findOldest(workers: WorkerItem[], now: number): number | null {
  const times = workers.flatMap(({ oldestCommandAt }) => oldestCommandAt ?? []);
  return times.length === 0 ? null : Math.max(0, (now - Math.min(...times)) / 1_000);
}

function readSessions(control: items.Table, wanted: WantedItem[]): Promise<SessionItem[]> {
  const keys = wanted.map(({ accountId, sessionId }) => sessionKey(accountId, sessionId));
  return items.findMany<SessionItem>(control, keys);
}

function countStates(sessions: SessionItem[]): Partial<Record<SessionItem["status"], number>> {
  const byState = Object.groupBy(sessions, ({ status }) => status);
  const counts = Object.entries(byState).map(([status, found]) => [status, found.length]);
  return Object.fromEntries(counts) as Partial<Record<SessionItem["status"], number>>;
}

function findLongestWaiting(
  sessions: SessionItem[],
): NonNullable<FleetHealth["fleet"]>["longestWaiting"] {
  const [first] = sessions
    .filter(({ status }) => waitingStates.includes(status))
    .sort((a, b) => a.lastStatusAt.localeCompare(b.lastStatusAt));
  if (!first) return null;
  const { sessionId, status, lastStatusAt: since } = first;
  return { sessionId, status, since };
}
