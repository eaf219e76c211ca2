import { DeleteConnectionCommand, GoneException } from "@aws-sdk/client-apigatewaymanagementapi";
import type { ApiGatewayManagementApiClient } from "@aws-sdk/client-apigatewaymanagementapi";

/** Closes a WebSocket connection; one that is gone is as closed as can be. */
export type HangUp = (connectionId: string) => Promise<void>;

export function createHangUp(client: ApiGatewayManagementApiClient): HangUp {
  return async (connectionId) => {
    try {
      await client.send(new DeleteConnectionCommand({ ConnectionId: connectionId }));
    } catch (error) {
      if (!(error instanceof GoneException)) throw error;
    }
  };
}
