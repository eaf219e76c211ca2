import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { requireFreePort } from "../require-free-port.ts";

test("a port that is in use is waited for only as long as told", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const refused = `Port ${port} is in use: choose another one with --port`;
  await expect(requireFreePort(port, "--port")).rejects.toThrow(refused);
  const waiting = requireFreePort(port, "--port", 60_000);
  server.close();
  await waiting;
});
