import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createPost } from "#functions/deliver/post.ts";
import { createGuardedAgents } from "#shared/net/guarded-agents.ts";
import type { GuardedAgents, Resolve } from "#shared/net/guarded-agents.ts";

// Whatever of this machine is reached by a denied address.
let connections = 0;
const server = createServer((socket) => {
  connections += 1;
  socket.destroy();
});
let port = 0;
let agents: GuardedAgents;
let addresses: string[] = [];

beforeAll(async () => {
  server.listen(0, "::");
  await once(server, "listening");
  port = (server.address() as AddressInfo).port;
  const resolve: Resolve = (_host, done) =>
    done(
      null,
      addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
    );
  agents = createGuardedAgents("public", resolve);
});
afterAll(() => {
  agents.destroy();
  server.close();
});
beforeEach(() => (connections = 0));

const post = (url: string) =>
  createPost({ targets: "public", agents, timeoutMs: 2_000 })({ url, headers: {}, body: "{}" });

test.each([
  "127.0.0.1",
  "[::1]",
  "[::ffff:127.0.0.1]",
  "[::ffff:7f00:1]",
  "[64:ff9b::7f00:1]",
  "[2002:7f00:1::]",
  "2130706433",
  "0x7f.1",
  "0177.0.0.1",
  "127.1",
  "169.254.169.254",
  "169.254.170.2",
  "[fd00:ec2::254]",
  "10.0.0.1",
  "0.0.0.0",
])("a webhook at %s is not called: there is no connection", async (host) => {
  expect(await post(`https://${host}:${port}/`)).toEqual({ error: "address_denied" });
  expect(connections).toBe(0);
});

test.each([
  ["a private address", ["10.0.0.1"]],
  ["this machine", ["127.0.0.1"]],
  ["metadata", ["169.254.169.254"]],
  ["metadata, over IPv6", ["fd00:ec2::254"]],
  ["this machine inside IPv6", ["::ffff:127.0.0.1"]],
  ["this machine behind a public address", ["93.184.216.34", "127.0.0.1"]],
])("a webhook whose name leads to %s is not called", async (_what, found) => {
  addresses = found;
  expect(await post(`https://hooks.example:${port}/`)).toEqual({ error: "address_denied" });
  expect(connections).toBe(0);
});

test("a webhook that is not https is not called", async () => {
  expect(await post(`http://hooks.example:${port}/`)).toEqual({ error: "not_https" });
  expect(connections).toBe(0);
});
