// What the system costs on AWS: usage counted by the local runtime's stand-ins, priced by AWS's list.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import pMap from "p-map";
import { call } from "#local/demo/call.ts";
import { openEventInbox } from "#local/demo/event-inbox.ts";
import type { EventInbox } from "#local/demo/event-inbox.ts";
import { publicApi } from "#local/demo/public-api.ts";
import { startRuntime } from "#local/runtime/start-runtime.ts";
import type { Runtime } from "#local/runtime/runtime.ts";
import type { Phone } from "#simulator/phone/phone.ts";
import { startSimulator } from "#simulator/start-simulator.ts";
import { measure, settle } from "./measure-usage.ts";
import { toBill, totalDollars } from "./prices.ts";
import type { Usage } from "./prices.ts";

/** One after the other, each waited for to the end: nothing is batched with anything. */
const singles = 20;
/** So many chats busy at the same time: requests share what they can. */
const burst = Number(process.argv[4] ?? 400);
const chats = burst / 10;
/** A busy machine is slow, and counts the same. */
const patienceMs = 120_000;
const idleMs = 60_000;

const parts = ["alone", "busy", "hooked-alone", "hooked-busy", "received", "idle"] as const;
/** `npm run bench -- cost busy,hooked-busy 100` measures these alone, and bursts of 100 texts. */
const chosen = process.argv[3]?.split(",") ?? parts;
const wanted = (part: (typeof parts)[number]) => chosen.includes(part);

type Scene = {
  runtime: Runtime;
  api: ReturnType<typeof publicApi>;
  key: string;
  sessionId: string;
  inbox: EventInbox;
  owner: Phone;
  contacts: Phone[];
};

/** A webhook's receiver that takes everything; it costs us nothing but its answer's time. */
async function openReceiver() {
  let received = 0;
  const server = createServer((request, response) => {
    received += 1;
    request.resume();
    response.end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    received: () => received,
    [Symbol.dispose]: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

export async function run(): Promise<void> {
  await using simulator = await startSimulator();
  await using runtime = await startRuntime({ whatsapp: { kind: "simulator", simulator } });
  const api = publicApi(runtime.apiUrl, { tries: 20, maxWaitMs: patienceMs / 20 });
  const { accessToken } = await api.register("bench@example.com", "a password for the bench");
  const { key } = await api.createKey(accessToken);
  const { id: sessionId } = await api.createSession(key, "bench");
  using inbox = await openEventInbox(runtime.socketUrl, api.client(key), patienceMs);
  const owner = await simulator.createPhone({ name: "Owner" });
  const contacts = await Promise.all(
    Array.from({ length: chats }, () => simulator.createPhone({ autoRead: true })),
  );
  const scene: Scene = { runtime, api, key, sessionId, inbox, owner, contacts };

  const workerOnly = wanted("idle") && (await measure(runtime, () => sleep(idleMs)));
  print("pairing a device, connect to active", await measure(runtime, () => pair(scene)), 1);
  // A first text, and a new chat, fetch keys once; that is not what a message costs.
  await sendOne(scene, 0);
  if (wanted("busy") || wanted("hooked-busy")) await sendMany(scene, chats);
  await settle(runtime);
  if (wanted("alone")) {
    const usage = await measure(runtime, () => sendAlone(scene));
    print("one outgoing text, sent, delivered and read, alone", usage, singles);
  }
  if (wanted("busy")) {
    const usage = await measure(runtime, () => sendMany(scene, burst));
    print(`one outgoing text of ${burst}, ${chats} chats busy at a time`, usage, burst);
  }
  if (wanted("hooked-alone") || wanted("hooked-busy")) await withWebhook(scene, accessToken);
  if (wanted("received")) {
    const usage = await measure(runtime, async () => {
      for (let i = 0; i < singles; i += 1) await receiveOne(scene, i);
    });
    print("one incoming text, alone", usage, singles);
  }
  if (!workerOnly) return;
  await settle(runtime);
  const idle = await measure(runtime, () => sleep(idleMs));
  print("one minute of one worker and its connected, idle session", idle, 1);
  print("  the same worker without a session: heartbeats and polls", workerOnly, 1);
}

/** The same texts once more, with an endpoint that is told of everything, and is gone afterwards. */
async function withWebhook(scene: Scene, token: string): Promise<void> {
  using receiver = await openReceiver();
  const url = `${scene.runtime.apiUrl}/v1/webhooks`;
  const body = { url: receiver.url };
  const { id } = (await call({ method: "POST", url, token, body })) as { id: string };
  await measureHooked(scene, receiver);
  await call({ method: "DELETE", url: `${url}/${id}`, token });
}

async function measureHooked(scene: Scene, receiver: { received(): number }): Promise<void> {
  const { runtime } = scene;
  await sendOne(scene, 0);
  await settle(runtime);
  if (wanted("hooked-alone")) {
    const usage = await measure(runtime, async () => {
      await sendAlone(scene);
      await settle(runtime);
    });
    print("one outgoing text, alone, with one webhook for all events", usage, singles);
  }
  if (!wanted("hooked-busy")) return;
  const before = receiver.received();
  const usage = await measure(runtime, async () => {
    await sendMany(scene, burst);
    await settle(runtime);
  });
  print(`one outgoing text of ${burst}, with one webhook for all events`, usage, burst);
  const deliveries = (receiver.received() - before) / burst;
  console.log(`  deliveries a text          ${deliveries.toFixed(2)}`);
}

async function sendAlone(scene: Scene): Promise<void> {
  for (let i = 0; i < singles; i += 1) await sendOne(scene, 0);
}

async function pair({ api, key, sessionId, inbox, owner }: Scene): Promise<void> {
  await api.connect(key, sessionId);
  const { data } = await inbox.find("session.qr_code", () => true);
  await owner.scan(data.qr);
  await inbox.find("session.status", ({ data: { status } }) => status === "active");
}

async function sendOne({ api, key, sessionId, inbox, contacts }: Scene, chat: number) {
  const to = contacts[chat % contacts.length]?.number ?? "";
  const { id } = await api.send(key, sessionId, `+${to}`, "A text of the usual length, forty-one.");
  await inbox.find("message.status", ({ data }) => data.messageId === id && data.status === "read");
}

async function sendMany(scene: Scene, count: number): Promise<void> {
  const all = Array.from({ length: count }, (_, i) => i);
  await pMap(all, (i) => sendOne(scene, i), { concurrency: chats });
}

async function receiveOne({ inbox, owner, contacts }: Scene, i: number): Promise<void> {
  const text = `An answer of the usual length, number ${i}.`;
  await contacts[0]?.say(owner.number, text);
  await inbox.find(
    "message.received",
    ({ data }) => data.content.type === "text" && data.content.text.body === text,
  );
}

function print(title: string, usage: Usage, divisor: number): void {
  const bill = toBill(usage).map((line) => ({
    ...line,
    amount: line.amount / divisor,
    dollars: line.dollars / divisor,
  }));
  console.log(`\n${title}`);
  for (const { what, amount, dollars } of bill) {
    if (amount === 0) continue;
    const price = dollars === 0 ? "" : `$${(dollars * 1e6).toFixed(3)} a million`;
    console.log(`  ${what.padEnd(26)} ${amount.toFixed(2).padStart(9)}   ${price}`);
  }
  console.log(
    `  ${"total".padEnd(26)} ${"".padStart(9)}   $${(totalDollars(bill) * 1e6).toFixed(3)} a million`,
  );
}
