import type { IncomingMessage, ServerResponse } from "node:http";

/**
 * Aborted once the client can no longer take the answer. Watches the half-close as well: a client
 * that aborts a request sends FIN, and the server's own `close` comes only later.
 */
export function clientGone(request: IncomingMessage, response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  const { socket } = request;
  const gone = () => {
    if (!response.writableFinished) controller.abort();
  };
  socket.once("end", gone);
  response.once("close", () => {
    socket.off("end", gone);
    gone();
  });
  return controller.signal;
}
