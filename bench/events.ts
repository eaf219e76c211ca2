// Events on their way: from where a runner publishes them to a client of the WebSocket, how many a
// dispatcher sustains, and what they cost. What is published here is what a runner publishes.
import { SQSClient } from "@aws-sdk/client-sqs";
import { createTallyKeeper } from "#functions/dispatch/create-tally-keeper.ts";
import * as eventLog from "#functions/store/event-log.ts";
import { makeEvent, messageStatusDraft } from "#functions/test/events.ts";
import { publicApi } from "#local/demo/public-api.ts";
import { startRuntime } from "#local/runtime/start-runtime.ts";
import type { Runtime } from "#local/runtime/runtime.ts";
import { dummyCredentials } from "#local/stand-in/dummy-credentials.ts";
import { newId } from "#shared/ids.ts";
import { tableName } from "#shared/resources/names.ts";
import { stage } from "#local/runtime/names.ts";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { setTimeout as sleep } from "node:timers/promises";
import { pino } from "pino";
import { openFollower } from "./event-follower.ts";
import { createPublisher } from "./event-publisher.ts";
import type { Publisher } from "./event-publisher.ts";
import type { Follower } from "./event-follower.ts";
import { measureNeighbours } from "./webhook-neighbours.ts";
import { percentile } from "./percentile.ts";
import { toBill, totalDollars } from "./prices.ts";

const aws = { region: "us-east-1", credentials: dummyCredentials };
const paced = 300;
const paceMs = 30;
const sessions = 5;
const burst = 2_000;
const tallied = 6_400;

export async function run(): Promise<void> {
  await using runtime = await startRuntime({
    whatsapp: { kind: "url", url: "ws://127.0.0.1:9" },
    workers: 0,
    logLevel: "error",
  });
  const api = publicApi(runtime.apiUrl);
  const { accessToken } = await api.register("bench@example.com", "a password for the bench");
  const { key } = await api.createKey(accessToken);
  const owners: Publisher[] = [];
  const sqs = new SQSClient({ ...aws, endpoint: runtime.standIns.sqs.endpoint });
  const queue = { client: sqs, url: String(runtime.environment["WAFLEET_EVENTS_QUEUE_URL"]) };
  const { accountId } = await accountOf(runtime, accessToken);
  for (let index = 0; index < sessions; index += 1) {
    const { id: sessionId } = await api.createSession(key, `bench ${index}`);
    owners.push(createPublisher(queue, { sessionId, accountId }));
  }
  await measureBurst(runtime, owners, 1, "nobody follows, each event travels alone");
  await measureBurst(runtime, owners, 10, "nobody follows, ten events travel together");
  {
    using follower = await openFollower(runtime.socketUrl, key);
    await measureLatency(owners, follower);
    await measureBurst(runtime, owners, 1, "one follows, each event travels alone", follower);
    await measureBurst(runtime, owners, 10, "one follows, ten events travel together", follower);
  }
  await measureTallies(runtime, accountId);
  await measureNeighbours(runtime.apiUrl, accessToken, owners[0] as Publisher);
  sqs.destroy();
}

async function measureLatency(owners: Publisher[], follower: Follower): Promise<void> {
  const times: number[] = [];
  for (let index = 0; index < paced; index += 1) {
    const { ids, publishedAt } = await (owners[index % owners.length] as Publisher)(1);
    times.push((await follower.arrival(ids[0] ?? "")) - publishedAt);
    await sleep(paceMs);
  }
  console.log(`\nrunner to WebSocket client, ${paced} events, one after the other`);
  const figure = (share: number) => `${percentile(times, share).toFixed(1)} ms`;
  console.log(`  p50 ${figure(0.5)}, p99 ${figure(0.99)}`);
}

async function measureBurst(
  runtime: Runtime,
  owners: Publisher[],
  together: number,
  title: string,
  follower?: Follower,
): Promise<void> {
  const before = runtime.meter.read();
  const startedAt = performance.now();
  const ids = await Promise.all(
    owners.map(async (publish) => {
      const all: string[] = [];
      for (let sent = 0; sent < burst / owners.length; sent += together) {
        all.push(...(await publish(together)).ids);
      }
      return all;
    }),
  );
  const arrivals = follower
    ? await Promise.all(ids.flat().map((id) => follower.arrival(id)))
    : [await drained(runtime)];
  const seconds = (Math.max(...arrivals) - startedAt) / 1000;
  const usage = Object.fromEntries(
    Object.entries(runtime.meter.read()).map(([name, amount]) => [
      name,
      amount - (before[name] ?? 0),
    ]),
  );
  const bill = toBill(usage);
  console.log(`\n${title}: ${burst} events of ${owners.length} sessions`);
  console.log(`  ${Math.round(burst / seconds)} events a second`);
  for (const { what, amount } of bill) {
    if (amount > 0) console.log(`  ${what.padEnd(24)} ${(amount / burst).toFixed(3)} an event`);
  }
  console.log(`  $${((totalDollars(bill) / burst) * 1e6).toFixed(2)} a million events`);
}

/** Gives the time of the last write, once there has been none for a while. */
async function drained({ meter }: Runtime): Promise<number> {
  let last = { written: -1, at: 0 };
  for (;;) {
    const written = meter.read()["dynamodb.write-units"] ?? 0;
    if (written !== last.written) last = { written, at: performance.now() };
    else if (performance.now() - last.at > 2_000) return last.at;
    await sleep(20);
  }
}

/** What counting adds, apart from everything else. */
async function measureTallies(runtime: Runtime, accountId: string): Promise<void> {
  const { endpoint } = runtime.standIns.dynamodb;
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ ...aws, endpoint }));
  const messages = { client, name: tableName(stage, "messages"), now: Date.now };
  const owner = { sessionId: newId("session"), accountId };
  const keep = createTallyKeeper({ messages, log: pino({ level: "warn" }) });
  const used = { writes: 0, reads: 0 };
  for (let seq = 1; seq <= tallied; seq += 1) {
    const event = makeEvent(owner, `1.${seq}`, messageStatusDraft(newId("message"), "sent"));
    const batch = { type: "events.append.v1" as const, ...owner, events: [event] };
    await eventLog.append(messages, batch, 1e9);
    const before = runtime.meter.read();
    await keep(batch);
    const after = runtime.meter.read();
    const grown = (name: string) => (after[name] ?? 0) - (before[name] ?? 0);
    used.writes += grown("dynamodb.write-units");
    used.reads += grown("dynamodb.read-units");
  }
  client.destroy();
  console.log(`\ncounting ${tallied} events of one session, each dispatched alone`);
  console.log(`  write units ${(used.writes / tallied).toFixed(4)} an event`);
  console.log(`  read units  ${(used.reads / tallied).toFixed(4)} an event`);
}

async function accountOf(runtime: Runtime, token: string): Promise<{ accountId: string }> {
  const answer = await fetch(`${runtime.apiUrl}/v1/me`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const { account } = (await answer.json()) as { account: { id: string } };
  return { accountId: account.id };
}
