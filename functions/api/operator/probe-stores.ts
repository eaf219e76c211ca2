import * as items from "#functions/store/items.ts";
import type { FleetHealth } from "#shared/contracts/operator.ts";
import type { OperatorDeps } from "./operator-deps.ts";

/** Reads an item that is not there from each table that this role may read. */
export function probeStores(deps: OperatorDeps): Promise<FleetHealth["stores"]> {
  const { control, messages, fleet, now } = deps;
  return Promise.all(
    Object.entries({ control, messages, fleet }).map(async ([name, table]) => {
      const startedAt = now();
      const probe = items.find(table, { pk: "health", sk: "health" });
      const reachable = await probe.then(
        () => true,
        () => false,
      );
      return { name, reachable, ms: now() - startedAt };
    }),
  );
}
