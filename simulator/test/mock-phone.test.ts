// How Baileys' own end-to-end tests drive their mock server: TLS, a QR code posted as it is, a name.
import { Agent, request } from "node:https";
import type { IncomingMessage } from "node:http";
import { once } from "node:events";
import { expect, test } from "vitest";
import type { Simulator } from "#simulator/simulator.ts";
import { startSimulator } from "#simulator/start-simulator.ts";
import { connectBaileys, freshMemory } from "./baileys-client.ts";

const sharedSecret = Buffer.alloc(32).toString("base64");

const postQr = async (simulator: Simulator, qr: string): Promise<number> => {
  const { hostname, port } = new URL(simulator.url);
  const path = "/admin/mock-phone/scan-qr";
  const post = request({ hostname, port, path, method: "POST", rejectUnauthorized: false });
  post.end(qr);
  const [response] = (await once(post, "response")) as [IncomingMessage];
  response.resume();
  await once(response, "end");
  return response.statusCode ?? 0;
};

/** A client of that name, paired and open again, all over TLS. */
const connectNamed = async (simulator: Simulator, pushName: string) => {
  const memory = freshMemory();
  memory.creds.advSecretKey = sharedSecret;
  const agent = new Agent({ rejectUnauthorized: false });
  const config = { pushName, agent, fetchAgent: agent };
  const first = connectBaileys(simulator, memory, config);
  expect(await postQr(simulator, await first.qr())).toBe(200);
  expect(await first.closed()).toBe(515);
  const client = connectBaileys(simulator, memory, config);
  await client.opened();
  return client;
};

test("two named clients are paired by posted codes and talk over TLS, each under its name", async () => {
  await using simulator = await startSimulator({ tls: true });
  expect(simulator.url).toMatch(/^wss:/);
  await using alice = await connectNamed(simulator, "alice-e2e");
  await using bob = await connectNamed(simulator, "bob-e2e");
  expect(simulator.phones().map(({ name }) => name)).toEqual(["alice-e2e", "bob-e2e"]);

  const bobJid = `${simulator.phones()[1]?.number}@s.whatsapp.net`;
  await alice.socket.sendMessage(bobJid, { text: "Hello Bob" });
  const { messages } = await bob.waitForText("Hello Bob");
  expect(messages[0]).toMatchObject({ pushName: "alice-e2e", key: { fromMe: false } });
  await bob.socket.sendMessage(messages[0]?.key.remoteJid ?? "", { text: "Hello Alice" });
  await alice.waitForText("Hello Alice");
});

test("a client that comes back under its name gets the same phone", async () => {
  await using simulator = await startSimulator({ tls: true });
  await using first = await connectNamed(simulator, "alice-e2e");
  await using second = await connectNamed(simulator, "alice-e2e");
  expect(simulator.phones()).toHaveLength(1);
  expect(first.socket.user?.id).not.toBe(second.socket.user?.id);
});

test("a code that nobody shows is refused", async () => {
  await using simulator = await startSimulator({ tls: true });
  expect(await postQr(simulator, "2@gone,a,b,c,1")).toBe(409);
});
