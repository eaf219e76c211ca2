// How many requests a minute. What is counted is shared by all instances through one item, of which
// an instance leases a twentieth of the limit at a time: a busy caller costs one write for so many
// requests. The first hundredth of a limit in each instance is not counted at all, so that quiet
// callers cost nothing; a limit can be passed by that much an instance, one below 100 never.
import type { Table } from "#functions/store/items.ts";
import * as counters from "#functions/store/rate-counters.ts";
import type { RateLayer } from "#shared/resources/limits.ts";
import type { Logger } from "pino";

/** How a caller stands with one limit. */
export type Standing = {
  allowed: boolean;
  limit: number;
  remaining: number;
  /** Until the window ends and the count starts anew. */
  resetSeconds: number;
};

/** Counts one request; undefined where there is no limit. */
export type RateLimits = (layer: RateLayer, id: string) => Promise<Standing | undefined>;

type Lease = {
  windowEndsAt: number;
  /** Requests that may be let through without asking. */
  left: number;
  /** Taken by everybody, when last asked. */
  taken: number;
  empty: boolean;
  refill?: Promise<void>;
};

const windowMs = 60_000;
const leasesAtOnce = 2_000;

export function createRateLimits(deps: {
  control: Table;
  limits: Record<RateLayer, number>;
  log: Logger;
}): RateLimits {
  const { control, limits, log } = deps;
  const leases = new Map<string, Lease>();

  function leaseOf(name: string, limit: number): Lease {
    const windowEndsAt = (Math.floor(control.now() / windowMs) + 1) * windowMs;
    const known = leases.get(name);
    if (known?.windowEndsAt === windowEndsAt) return known;
    if (leases.size >= leasesAtOnce) leases.clear();
    const lease = { windowEndsAt, left: uncounted(limit), taken: 0, empty: false };
    leases.set(name, lease);
    return lease;
  }

  async function refill(lease: Lease, name: string, limit: number): Promise<void> {
    const chunk = chunkOf(limit);
    try {
      const taken = await counters.take(control, { name, windowEndsAt: lease.windowEndsAt }, chunk);
      const granted = Math.min(chunk, Math.max(0, limit - (taken - chunk)));
      lease.taken = taken;
      lease.left += granted;
      lease.empty = granted < chunk;
    } catch (error) {
      // A limit is there to keep the service up: it must not be what takes it down.
      log.warn({ err: error }, "requests could not be counted");
      lease.left += chunk;
    } finally {
      delete lease.refill;
    }
  }

  return async (layer, id) => {
    const limit = limits[layer];
    if (limit === 0) return undefined;
    const name = `${layer}#${id}`;
    const lease = leaseOf(name, limit);
    while (lease.left === 0 && !lease.empty) {
      await (lease.refill ??= refill(lease, name, limit));
    }
    const allowed = lease.left > 0;
    if (allowed) lease.left -= 1;
    const untaken = Math.max(0, limit - Math.max(lease.taken, uncounted(limit)));
    return {
      allowed,
      limit,
      remaining: untaken + lease.left,
      resetSeconds: Math.max(1, Math.ceil((lease.windowEndsAt - control.now()) / 1000)),
    };
  };
}

function chunkOf(limit: number): number {
  return Math.max(1, Math.floor(limit / 20));
}

function uncounted(limit: number): number {
  return Math.floor(limit / 100);
}
