import type { WebSocket } from "ws";

/** A client of the WebSocket API, from its handshake until its socket has closed. */
export type Connection = {
  id: string;
  connectedAt: number;
  lastActiveAt: number;
  sourceIp: string;
  userAgent: string | undefined;
  domainName: string;
  /** Absent while `$connect` runs: nothing can be posted to the client before it has returned. */
  socket?: WebSocket;
};
