import { implement } from "#functions/middleware/implement.ts";
import type { FleetHealth } from "#shared/contracts/operator.ts";
import { operatorRoutes } from "#shared/routes/operator.ts";
import type { OperatorDeps } from "./operator-deps.ts";
import { probeStores } from "./probe-stores.ts";
import { readFleet } from "./read-fleet.ts";
import { readQueues } from "./read-queues.ts";

/** Looks at everything now: a few reads, and one for each hundred sessions that are wanted. */
export const getFleetHealth = implement(
  operatorRoutes.getFleetHealth,
  async ({ log }, deps: OperatorDeps) => {
    const [stores, queues, fleet] = await Promise.all([
      probeStores(deps),
      readQueues(deps, log),
      readFleet(deps).catch((error: unknown) => {
        log.warn({ err: error }, "the fleet could not be read");
        return null;
      }),
    ]);
    const problems = problemsOf({ stores, queues, fleet });
    const status = problems.length === 0 ? ("ok" as const) : ("degraded" as const);
    const at = new Date(deps.now()).toISOString();
    return { status: 200, body: { status, problems, at, stores, queues, fleet } };
  },
);

function problemsOf({
  stores,
  queues,
  fleet,
}: Pick<FleetHealth, "stores" | "queues" | "fleet">): string[] {
  const unreachable = [...stores, ...queues].filter(({ reachable }) => !reachable);
  const problems = unreachable.map(({ name }) => `${name} cannot be reached`);
  for (const { name, dead } of queues) {
    if (dead > 0) problems.push(`${dead} messages of ${name} are in its dead-letter queue`);
  }
  if (!fleet) return [...problems, "the fleet's table cannot be read"];
  const { workers, shards, sessions } = fleet;
  if (sessions.wanted > 0 && workers.length === 0) {
    problems.push(`${sessions.wanted} sessions want to be connected and no worker runs`);
  } else if (workers.length > 0 && shards.ownerless.length > 0) {
    problems.push(`no worker holds the shards ${shards.ownerless.join(", ")}`);
  }
  return problems;
}
