import {
  DeleteConnectionCommand,
  GoneException,
  PostToConnectionCommand,
} from "@aws-sdk/client-apigatewaymanagementapi";
import type { ApiGatewayManagementApiClient } from "@aws-sdk/client-apigatewaymanagementapi";
import type { SocketNotice } from "#shared/contracts/socket.ts";

export type ClosingReason = Extract<SocketNotice, { type: "socket.closing" }>["reason"];

/** Closes a WebSocket connection, and says why; one that is gone is as closed as can be. */
export type HangUp = (connectionId: string, reason: ClosingReason) => Promise<void>;

export function createHangUp(client: ApiGatewayManagementApiClient): HangUp {
  return async (connectionId, reason) => {
    const notice: SocketNotice = { type: "socket.closing", reason };
    const ConnectionId = connectionId;
    // Who does not take it any more is closed without a word.
    await client
      .send(new PostToConnectionCommand({ ConnectionId, Data: JSON.stringify(notice) }))
      .catch(() => undefined);
    try {
      await client.send(new DeleteConnectionCommand({ ConnectionId }));
    } catch (error) {
      if (!(error instanceof GoneException)) throw error;
    }
  };
}
