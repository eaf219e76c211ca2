import { once } from "node:events";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createGuardedAgents } from "../guarded-agents.ts";
import type { Resolve } from "../guarded-agents.ts";

let port = 0;
let connections = 0;
const server = createServer((_, response) => response.end("inside"));
server.on("connection", () => (connections += 1));

beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => void server.close());

/** A name server that gives one answer after the other, the last one for ever. */
function answers(...all: string[][]): Resolve {
  return (_host, done) => {
    const addresses = (all.length > 1 ? all.shift() : all[0]) ?? [];
    const found = addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
    done(null, found);
  };
}

/** How a request ended: the status, or the code of the error. */
async function ask(host: string, resolve: Resolve, targets: "public" | "any" = "public") {
  const agents = createGuardedAgents(targets, resolve);
  try {
    return await new Promise<string>((settle) => {
      request(`http://${host}:${port}/`, { agent: agents.http })
        .once("response", (response) => settle(String(response.resume().statusCode)))
        .once("error", (error: NodeJS.ErrnoException) => settle(error.code ?? error.message))
        .end();
    });
  } finally {
    agents.destroy();
  }
}

test.each([
  ["127.0.0.1"],
  ["[::1]"],
  ["[::ffff:127.0.0.1]"],
  ["2130706433"],
  ["0x7f.1"],
  ["0177.0.0.1"],
  ["169.254.169.254"],
])("the address %s is refused without a connection", async (host) => {
  const before = connections;
  expect(await ask(host, answers([]))).toBe("ADDRESS_DENIED");
  expect(connections).toBe(before);
});

test.each([
  ["a private address", ["127.0.0.1"]],
  ["metadata", ["169.254.169.254"]],
  ["an IPv4 address inside IPv6", ["::ffff:127.0.0.1"]],
  ["a private address behind a public one", ["93.184.216.34", "127.0.0.1"]],
])("a name that leads to %s is refused without a connection", async (_what, addresses) => {
  const before = connections;
  expect(await ask("tenant.example", answers(addresses))).toBe("ADDRESS_DENIED");
  expect(connections).toBe(before);
});

test("the address that was vetted is the one that is dialled, also when the name changes", async () => {
  let lookups = 0;
  const rebinding: Resolve = (host, done) => {
    lookups += 1;
    // Nobody is at home there; a second look would find this machine.
    answers(lookups === 1 ? ["2001:4860:4860::8888"] : ["127.0.0.1"])(host, done);
  };
  const before = connections;
  const agents = createGuardedAgents("public", rebinding);
  const outcome = await new Promise((settle) => {
    const sent = request(`http://tenant.example:${port}/`, { agent: agents.http })
      .once("response", () => settle("answered"))
      .once("error", () => settle("no answer"));
    sent.once("socket", (socket) =>
      socket.once("lookup", (_error, address) => sent.destroy(new Error(`dials ${address}`))),
    );
    sent.end();
  });
  agents.destroy();
  expect(outcome).toBe("no answer");
  expect(lookups).toBe(1);
  expect(await ask("tenant.example", rebinding)).toBe("ADDRESS_DENIED");
  expect(connections).toBe(before);
});

test("a deployment that allows any address reaches this machine", async () => {
  expect(await ask("127.0.0.1", answers([]), "any")).toBe("200");
  expect(await ask("tenant.example", answers(["127.0.0.1"]), "any")).toBe("200");
});
