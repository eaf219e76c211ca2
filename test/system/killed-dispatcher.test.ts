import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { DeleteMessageCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { foldSession, readAfter } from "#functions/count/fold-session.ts";
import { tallyEvents, dayOf } from "#functions/count/tally.ts";
import { createDeliver } from "#functions/deliver/create-deliver.ts";
import * as tallies from "#functions/store/tallies.ts";
import * as webhookSecrets from "#functions/store/webhook-secrets.ts";
import * as webhooks from "#functions/store/webhooks.ts";
import { makeEvent, receivedDraft, recordOf } from "#functions/test/events.ts";
import type { Owner } from "#functions/test/events.ts";
import { publishEvents } from "#functions/test/publish-events.ts";
import { startStores } from "#functions/test/start-stores.ts";
import { dummyCredentials } from "#local/stand-in/dummy-credentials.ts";
import type { WafleetEvent } from "#shared/contracts/event.ts";
import { newId } from "#shared/ids.ts";
import { stdoutMetrics } from "#shared/metrics/stdout-metrics.ts";
import { environmentDefaults } from "#shared/resources/environment.ts";
import { metricsOff } from "#shared/resources/metrics.ts";
import { pino } from "pino";
import { expect, test } from "vitest";
import { compiledCode } from "../compiled-code.ts";

const script = fileURLToPath(new URL("dispatch-process.ts", import.meta.url));
const kills = 5;

type Stores = Awaited<ReturnType<typeof startStores>>;

function startDispatcher(stores: Stores) {
  const child = spawn(process.execPath, [script, stores.eventsUrl], {
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      ...environmentDefaults,
      NODE_COMPILE_CACHE: compiledCode,
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: dummyCredentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: dummyCredentials.secretAccessKey,
      AWS_ENDPOINT_URL_DYNAMODB: stores.dynamodb.endpoint,
      AWS_ENDPOINT_URL_SQS: stores.sqs.endpoint,
      WAFLEET_CONTROL_TABLE: stores.control.name,
      WAFLEET_MESSAGES_TABLE: stores.messages.name,
      WAFLEET_WEBHOOKS_TABLE: stores.webhooks.name,
      WAFLEET_EVENTS_QUEUE_URL: stores.eventsUrl,
      WAFLEET_WEBHOOKS_QUEUE_URL: stores.webhooksUrl,
      WAFLEET_MANAGEMENT_ENDPOINT: "http://127.0.0.1:9",
      WAFLEET_LOG_LEVEL: "error",
    },
  });
  const ended = once(child, "exit");
  return {
    ready: once(child.stdout, "data"),
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** Sessions with their events, which are on their way through the queue. */
async function publish(stores: Stores, accountId: string) {
  const queue = { client: stores.commands.client, url: stores.eventsUrl };
  const all = Array.from({ length: 4 }, () => {
    const owner: Owner = { accountId, sessionId: newId("session") };
    const events = Array.from({ length: 100 }, (_, index) =>
      makeEvent(owner, `1.${index + 1}`, receivedDraft(newId("message"), `text ${index}`)),
    );
    return { owner, events };
  });
  await Promise.all(
    all.map(async ({ owner, events }) => {
      for (let start = 0; start < events.length; start += 4) {
        await publishEvents(queue, owner, events.slice(start, start + 4));
      }
    }),
  );
  return all;
}

async function followAccount(stores: Stores, accountId: string): Promise<string> {
  const webhookId = newId("webhook");
  const createdAt = new Date().toISOString();
  await webhooks.put(stores.webhooks, {
    ...webhooks.webhookKey(accountId, webhookId),
    accountId,
    webhookId,
    url: "https://receiver.test/",
    description: "",
    headerNames: [],
    enabled: true,
    createdAt,
  });
  await webhookSecrets.put(stores.secrets, webhookId, {
    secret: webhookSecrets.mint(),
    headers: {},
  });
  return webhookId;
}

/** What the webhook's receiver is sent once all work in the queue is done. */
async function deliverAll(stores: Stores): Promise<WafleetEvent[]> {
  const sent: WafleetEvent[] = [];
  const deliver = createDeliver({
    webhooks: stores.webhooks,
    secrets: stores.secrets,
    messages: stores.messages,
    post: async ({ body }) => {
      sent.push(JSON.parse(body) as WafleetEvent);
      return { status: 200, body: "", isCut: false };
    },
    sendToSink: async () => ({ error: "network_failed" }),
    sendWork: async () => {},
    sendNotice: async () => {},
    sleep,
    now: () => 0,
    metrics: stdoutMetrics(metricsOff),
    log: pino({ level: "error" }),
  });
  const { client } = stores.commands;
  const QueueUrl = stores.webhooksUrl;
  for (;;) {
    const { Messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl }));
    const [message] = Messages;
    if (!message) return sent;
    await deliver({ Records: [recordOf(message.Body ?? "", "work")] }, {} as never);
    await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle }));
  }
}

test("a dispatcher that is killed again and again loses nothing, and counts everything once", async () => {
  await using stores = await startStores(Date.now);
  const accountId = newId("account");
  await followAccount(stores, accountId);
  const all = await publish(stores, accountId);
  const logged = (owner: Owner) => readAfter(stores.messages, owner, undefined);
  const isDone = async () => {
    const lengths = await Promise.all(all.map(async ({ owner }) => (await logged(owner)).length));
    return lengths.every((length, index) => length === all[index]?.events.length);
  };
  let killedEarly = 0;
  for (let count = 0; count < kills; count += 1) {
    await using dispatcher = startDispatcher(stores);
    await dispatcher.ready;
    await sleep(20 + Math.random() * 400);
    if (!(await isDone())) killedEarly += 1;
  }
  {
    await using dispatcher = startDispatcher(stores);
    await dispatcher.ready;
    await expect.poll(isDone, { timeout: 60_000, interval: 500 }).toBe(true);
    await expect.poll(() => isEmpty(stores), { timeout: 30_000, interval: 500 }).toBe(true);
  }
  expect(killedEarly).toBeGreaterThan(0);
  const delivered = Map.groupBy(await deliverAll(stores), ({ sessionId }) => sessionId);
  for (const { owner, events } of all) {
    expect(await logged(owner)).toEqual(events);
    expect(delivered.get(owner.sessionId)).toEqual(events);
    await foldSession(stores.messages, owner);
    const stored = await tallies.ofAccount(stores.messages, accountId, owner.sessionId);
    expect(stored).toMatchObject(tallyEvents(undefined, events));
    const due = await Array.fromAsync(tallies.due(stores.messages, dayOf(Date.now())));
    expect(due.map(({ sessionId }) => sessionId)).toContain(owner.sessionId);
  }
});

async function isEmpty({ sqs, eventsUrl }: Stores): Promise<boolean> {
  const { visible, inFlight } = sqs.depth(eventsUrl.split("/").at(-1) ?? "");
  return visible + inFlight === 0;
}
