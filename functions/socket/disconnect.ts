import * as connections from "#functions/store/connections.ts";
import * as subscriptions from "#functions/store/subscriptions.ts";
import type { SocketDeps } from "./socket-deps.ts";
import type { SocketEvent } from "./socket-event.ts";

/** API Gateway does not promise this call: what it leaves out, a refused push or TTL removes. */
export async function disconnect({ control }: SocketDeps, event: SocketEvent): Promise<void> {
  const { connectionId } = event.requestContext;
  const connection = await connections.take(control, connectionId);
  if (!connection) return;
  await subscriptions.remove(control, connection.caller.accountId, connectionId);
}
