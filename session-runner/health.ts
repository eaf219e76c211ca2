// Whoever runs the container asks whether the worker still works, by a socket that no network
// reaches. Healthy is a worker whose heart beats: that its stores or WhatsApp do not answer is no
// reason to replace it, another one would fare no better.
import { createServer } from "node:net";
import type { Server } from "node:net";

/** A name that starts with `@` needs no file: the container's disk cannot be written. */
export function toSocketPath(name: string): string {
  return name.replace(/^@/, "\0");
}

export const healthy = "ok";

/** A process that hangs answers nothing, which is an answer too. */
export function answerHealth(name: string, isHealthy: () => boolean): Server {
  const server = createServer((socket) => {
    socket.on("error", () => socket.destroy());
    socket.end(isHealthy() ? healthy : "not ok");
  });
  return server.listen(toSocketPath(name)).unref();
}
