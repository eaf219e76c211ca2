// One connection between a worker's process and WhatsApp: frames arrive in order, some time after
// they were sent; either side may lose the other without being told.
import type { ClientFrame, ServerFrame } from "./frames.ts";
import type { SimulatedProcess, World } from "./world.ts";

export type Connection = {
  process: SimulatedProcess;
  /** The phone that it is for; undefined until a phone has scanned its code. */
  account: string | undefined;
  openedAt: number;
  /** The client has not closed it and knows of no end. */
  clientOpen: boolean;
  serverOpen: boolean;
  toServer(frame: ClientFrame): void;
  toClient(frame: ServerFrame): void;
  /** The client closes: what it has sent still arrives. */
  closeByClient(): void;
  /** Broken: the server knows, the client finds out later. */
  breakDown(noticedAfterMs: number): void;
};

export type ConnectionEnds = {
  /** At the server, when a frame arrives. */
  onClientFrame(connection: Connection, frame: ClientFrame): void;
  onServerFrame(frame: ServerFrame): void;
  /** At the server. */
  onGone(connection: Connection): void;
};

export function openConnection(
  world: World,
  process: SimulatedProcess,
  account: string | undefined,
  ends: ConnectionEnds,
): Connection {
  const { random } = world;
  let toServerAt = 0;
  let toClientAt = 0;

  /** Later than everything before it on the same way. */
  const arrival = (last: number) => Math.max(last, world.elapsed + 2 + random.next() * 30);

  function leave(): void {
    if (!connection.serverOpen) return;
    connection.serverOpen = false;
    ends.onGone(connection);
  }

  const connection: Connection = {
    process,
    account,
    openedAt: world.elapsed,
    clientOpen: true,
    serverOpen: true,
    toServer(frame) {
      toServerAt = arrival(toServerAt);
      world.after(toServerAt - world.elapsed, undefined, () => {
        if (connection.serverOpen) ends.onClientFrame(connection, frame);
      });
    },
    toClient(frame) {
      toClientAt = arrival(toClientAt);
      world.after(toClientAt - world.elapsed, process, () => {
        if (connection.clientOpen) ends.onServerFrame(frame);
      });
      if (frame.tag === "end") leave();
    },
    closeByClient() {
      if (!connection.clientOpen) return;
      connection.clientOpen = false;
      toServerAt = arrival(toServerAt);
      world.after(toServerAt - world.elapsed, undefined, leave);
    },
    breakDown(noticedAfterMs) {
      leave();
      world.after(noticedAfterMs, process, () => {
        if (connection.clientOpen) ends.onServerFrame({ tag: "end", code: 428 });
      });
    },
  };
  process.onCrash.push(() => connection.closeByClient());
  return connection;
}
