// A way to a server that can be cut for one worker alone.
import { connect, createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";

export type Cuttable = {
  /** Of the server behind it, as seen through this way. */
  through(url: string): string;
  /** Ends what is open and refuses what comes. */
  cut(): void;
  restore(): void;
  stop(): Promise<void>;
};

export async function startCuttable(target: string): Promise<Cuttable> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createServer((near) => {
    if (isCut) return void near.destroy();
    const far = connect(Number(port), hostname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.setNoDelay(true);
      one.on("error", () => undefined);
      one.on("close", () => {
        sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const own = String((server.address() as AddressInfo).port);
  return {
    through(url) {
      return url.replace(`:${port}`, `:${own}`);
    },
    cut() {
      isCut = true;
      for (const socket of sockets) socket.destroy();
    },
    restore: () => void (isCut = false),
    async stop() {
      isCut = true;
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
