import { GoneException, PostToConnectionCommand } from "@aws-sdk/client-apigatewaymanagementapi";
import type { ApiGatewayManagementApiClient } from "@aws-sdk/client-apigatewaymanagementapi";

/** Sends a text to a WebSocket connection; `gone` when it does not exist any more. */
export type Push = (connectionId: string, text: string) => Promise<"sent" | "gone">;

export function createPush(client: ApiGatewayManagementApiClient): Push {
  return async (connectionId, text) => {
    try {
      await client.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: text }));
      return "sent";
    } catch (error) {
      if (error instanceof GoneException) return "gone";
      throw error;
    }
  };
}
