import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { StartError } from "./start-error.ts";

const pauseMs = 100;

/**
 * @param patienceMs how long somebody who listens there may take to go
 * @throws {StartError} that names the flag, when somebody listens there or nobody may
 */
export async function requireFreePort(port: number, flag: string, patienceMs = 0): Promise<void> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const error = await tryPort(port);
    if (!error) return;
    const isInUse = error.code === "EADDRINUSE";
    if (!isInUse || performance.now() >= deadline) {
      const why = isInUse ? "is in use" : `cannot be used (${error.message})`;
      throw new StartError(`Port ${port} ${why}: choose another one with ${flag}, or 0 for any.`);
    }
    await wait(pauseMs);
  }
}

async function tryPort(port: number): Promise<NodeJS.ErrnoException | undefined> {
  const server = createServer();
  try {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    return undefined;
  } catch (error) {
    return error as NodeJS.ErrnoException;
  } finally {
    server.close();
  }
}
