import { once } from "node:events";
import { createServer } from "node:net";
import { StartError } from "./start-error.ts";

/** @throws {StartError} that names the flag, when somebody listens there or nobody may */
export async function requireFreePort(port: number, flag: string): Promise<void> {
  const server = createServer();
  try {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code === "EADDRINUSE" ? "is in use" : `cannot be used (${message})`;
    throw new StartError(`Port ${port} ${why}: choose another one with ${flag}, or 0 for any.`);
  } finally {
    server.close();
  }
}
