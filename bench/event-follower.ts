import { once } from "node:events";
import { WebSocket } from "ws";
import type { SocketNotice } from "#shared/contracts/socket.ts";

/** A client of the WebSocket's stream that notes when each event came. */
export type Follower = Disposable & {
  /** When the event with this id came, or as soon as it does. */
  arrival(id: string): Promise<number>;
};

export async function openFollower(url: string, key: string): Promise<Follower> {
  const socket = new WebSocket(url, { headers: { authorization: `Bearer ${key}` } });
  const arrivals = new Map<string, PromiseWithResolvers<number>>();
  const arrivalOf = (id: string) => {
    const known = arrivals.get(id) ?? Promise.withResolvers<number>();
    arrivals.set(id, known);
    return known;
  };
  const subscribed = Promise.withResolvers<void>();
  socket.on("message", (data: Buffer) => {
    const at = performance.now();
    const frame = JSON.parse(data.toString()) as SocketNotice;
    if (frame.type === "socket.subscribed") subscribed.resolve();
    if (frame.type !== "socket.events") return;
    for (const { id } of frame.events) arrivalOf(id).resolve(at);
  });
  await once(socket, "open");
  socket.send(JSON.stringify({ action: "subscribe", after: {} }));
  await subscribed.promise;
  return {
    arrival: (id) => arrivalOf(id).promise,
    [Symbol.dispose]: () => socket.terminate(),
  };
}
