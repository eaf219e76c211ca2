import * as fleetStore from "#functions/store/fleet.ts";
import type { SessionDeps } from "./session-deps.ts";

/**
 * For what only a worker can do to a session that shall not be connected: without this it would wait
 * until some session wants to be. One write unit and one look at the service.
 */
export async function callWorker({ fleet, wakeFleet }: SessionDeps): Promise<void> {
  await fleetStore.awaitWorker(fleet);
  await wakeFleet();
}
