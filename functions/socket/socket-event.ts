import type { APIGatewayProxyWebsocketEventV2 } from "aws-lambda";

/** An event of the WebSocket API; only `$connect` has headers and a query. */
export type SocketEvent = APIGatewayProxyWebsocketEventV2 & {
  headers?: Record<string, string | undefined>;
  queryStringParameters?: Record<string, string | undefined>;
};

/** Only `$connect`'s answer reaches anyone: it lets the client in or not. */
export type SocketResult = { statusCode: number };
