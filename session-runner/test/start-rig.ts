// A runner process of its own, with real stand-ins and a simulated WhatsApp around it. Commands go
// in and events come out as they do in a deployment: through the queues.
import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import { startDynamodb } from "#local/dynamodb/start-dynamodb.ts";
import { startKms } from "#local/kms/start-kms.ts";
import { startS3 } from "#local/s3/start-s3.ts";
import { startSqs } from "#local/sqs/start-sqs.ts";
import { eventBatchSchema } from "#shared/contracts/event.ts";
import type { EventOf, EventType, WafleetEvent } from "#shared/contracts/event.ts";
import { commandGroup } from "#shared/contracts/command.ts";
import type { MessageContent } from "#shared/contracts/message-content.ts";
import type { SessionSettings } from "#shared/contracts/session-settings.ts";
import type { Command } from "#shared/contracts/command.ts";
import { newId } from "#shared/ids.ts";
import { wantedKey } from "#shared/items/fleet-item.ts";
import { messageKey } from "#shared/items/message-item.ts";
import { mintMessageIds } from "#shared/message-id.ts";
import { tables } from "#shared/resources/tables.ts";
import type { Phone } from "#simulator/phone/phone.ts";
import { startSimulator } from "#simulator/start-simulator.ts";

const credentials = { accessKeyId: "local", secretAccessKey: "local" };
const region = "us-east-1";

/** A command that died with its runner comes again soon. */
const commandsQueue = {
  name: "commands-0.fifo",
  attributes: { FifoQueue: "true", VisibilityTimeout: "4" },
};

export type RigOptions = { env?: Record<string, string>; refTtlMs?: number };

export type Rig = Awaited<ReturnType<typeof startRig>>;

/** Milliseconds that any one condition may take on a slow machine. */
const patience = 40_000;

/** The linked devices of a phone, itself left out. */
export function companions(phone: Phone) {
  return phone.devices().filter(({ device }) => device !== 0);
}

export async function startRig(options: RigOptions = {}) {
  const tableSpecs = Object.entries(tables).map(([name, table]) => ({ ...table, name }));
  const [dynamodb, sqs, s3, kms, simulator] = await Promise.all([
    startDynamodb({ tables: tableSpecs }),
    startSqs({ queues: [commandsQueue, { name: "events.fifo" }] }),
    startS3({ buckets: ["snapshots", "bundles", "media"], credentials }),
    startKms({ aliases: ["alias/wafleet"] }),
    startSimulator(options.refTtlMs ? { refTtlMs: options.refTtlMs } : {}),
  ]);
  const folder = await mkdtemp(join(tmpdir(), "wafleet-rig-"));
  const caFile = join(folder, "ca.pem");
  await writeFile(caFile, simulator.caPem);
  const queue = new SQSClient({ endpoint: sqs.endpoint, region, credentials });
  const database = DynamoDBDocumentClient.from(
    new DynamoDBClient({ endpoint: dynamodb.endpoint, region, credentials }),
  );
  const events: WafleetEvent[] = [];
  const seen = new Set<string>();
  const watchers = new Set<() => void>();
  const children = new Set<ChildProcess>();
  const logs: string[] = [];
  const stopping = new AbortController();

  const environment = {
    PATH: process.env["PATH"] ?? "",
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_ENDPOINT_URL_DYNAMODB: dynamodb.endpoint,
    AWS_ENDPOINT_URL_SQS: sqs.endpoint,
    AWS_ENDPOINT_URL_S3: s3.endpoint,
    AWS_ENDPOINT_URL_KMS: kms.endpoint,
    NODE_EXTRA_CA_CERTS: caFile,
    WAFLEET_MESSAGES_TABLE: "messages",
    WAFLEET_JOURNAL_TABLE: "journal",
    WAFLEET_FLEET_TABLE: "fleet",
    WAFLEET_COMMANDS_QUEUE_URL: sqs.queueUrl("commands-0.fifo").replace("-0.", "-{shard}."),
    WAFLEET_EVENTS_QUEUE_URL: sqs.queueUrl("events.fifo"),
    WAFLEET_SNAPSHOTS_BUCKET: "snapshots",
    WAFLEET_BUNDLES_BUCKET: "bundles",
    WAFLEET_MEDIA_BUCKET: "media",
    WAFLEET_KEY_ID: "alias/wafleet",
    WAFLEET_SHARDS: "1",
    WAFLEET_MESSAGE_RETENTION_DAYS: "30",
    WAFLEET_TENANT_TARGETS: "any",
    WAFLEET_LOG_LEVEL: "info",
    WAFLEET_METRICS: "off",
    WAFLEET_WHATSAPP_URL: simulator.url,
    WAFLEET_WHATSAPP_ROOT_KEY: Buffer.from(simulator.rootPublicKey).toString("hex"),
    ...options.env,
  };

  /** Starts a runner and waits until it has joined the fleet. */
  async function startRunner(workerId: string, run: { env?: object; nodeArgs?: string[] } = {}) {
    const main = new URL("../main.ts", import.meta.url).pathname;
    const child = fork(main, [], {
      env: { ...environment, WAFLEET_WORKER_ID: workerId, ...run.env },
      execArgv: run.nodeArgs ?? [],
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    children.add(child);
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (chunk: Buffer) => logs.push(chunk.toString()));
    }
    child.once("exit", () => children.delete(child));
    await Promise.race([once(child, "message"), once(child, "exit")]);
    return child;
  }

  async function collect(): Promise<void> {
    const QueueUrl = sqs.queueUrl("events.fifo");
    while (!stopping.signal.aborted) {
      const receive = new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: 10,
        WaitTimeSeconds: 20,
      });
      const { Messages = [] } = await queue
        .send(receive, { abortSignal: stopping.signal })
        .catch(() => ({ Messages: [] }));
      for (const { Body = "" } of Messages) take(eventBatchSchema.parse(JSON.parse(Body)).events);
      if (Messages.length === 0) continue;
      const Entries = Messages.map(({ ReceiptHandle }, i) => ({ Id: String(i), ReceiptHandle }));
      await queue.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
    }
  }

  /** As the dispatcher does: an event that comes again under its cursor counts once. */
  function take(batch: WafleetEvent[]): void {
    for (const event of batch) {
      const name = `${event.sessionId} ${event.cursor}`;
      if (!seen.has(name)) events.push(event);
      seen.add(name);
    }
    for (const look of watchers) look();
  }

  async function waitFor<T extends EventType>(
    type: T,
    matches: (event: EventOf<T>) => boolean = () => true,
  ): Promise<EventOf<T>> {
    const find = () =>
      events.find(
        (event): event is EventOf<T> => event.type === type && matches(event as EventOf<T>),
      );
    const found = find();
    if (found) return found;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        watchers.delete(look);
        const last = events.slice(-8).map((event) => JSON.stringify([event.type, event.data]));
        reject(
          new Error(`no ${type} as wanted; last:\n${last.join("\n")}\n${logs.slice(-15).join("")}`),
        );
      }, patience);
      function look(): void {
        const event = find();
        if (!event) return;
        clearTimeout(timer);
        watchers.delete(look);
        resolve(event);
      }
      watchers.add(look);
    });
  }

  async function command(body: Command): Promise<void> {
    await queue.send(
      new SendMessageCommand({
        QueueUrl: sqs.queueUrl("commands-0.fifo"),
        MessageBody: JSON.stringify(body),
        MessageGroupId: commandGroup(body),
        MessageDeduplicationId: "messageId" in body ? body.messageId : newId("event"),
      }),
    );
  }

  function createSession(accountId = newId("account")) {
    const sessionId = newId("session");
    const base = { sessionId, accountId, requestId: "test" };
    const ofThis = (event: WafleetEvent) => event.sessionId === sessionId;
    return {
      sessionId,
      accountId,
      events: () => events.filter(ofThis),
      async connect(wish: { phone?: string; settings?: SessionSettings } = {}) {
        const connectId = newId("event");
        const item = { ...wantedKey(0, sessionId), sessionId, accountId, connectId, ...wish };
        await database.send(new PutCommand({ TableName: "fleet", Item: item }));
        await command({ ...base, type: "session.connect.v1", connectId, ...wish });
      },
      configure: (settings: SessionSettings) =>
        command({ ...base, type: "session.configure.v1", settings }),
      stop: () => command({ ...base, type: "session.stop.v1" }),
      exportTo: (bundleId: string) => command({ ...base, type: "session.export.v1", bundleId }),
      importFrom: (bundleId: string) => command({ ...base, type: "session.import.v1", bundleId }),
      disconnect: () => command({ ...base, type: "session.disconnect.v1", forget: false }),
      /** What the API does on accepting a message. */
      say(to: string, body: string, limit: { expiresAt?: number } = {}) {
        return this.send(to, { type: "text", text: { body } }, limit);
      },
      async send(to: string, content: MessageContent, limit: { expiresAt?: number } = {}) {
        const ids = mintMessageIds(sessionId);
        const jid = `${to}@s.whatsapp.net`;
        const item = { ...messageKey(sessionId, ids.messageId), ...ids, chat: jid, content };
        const kept = { accountId, status: "queued", rank: 0, direction: "outbound" };
        const stored = {
          ...item,
          ...kept,
          ...(limit.expiresAt && { sendBefore: limit.expiresAt }),
        };
        await database.send(new PutCommand({ TableName: "messages", Item: stored }));
        const send = { ...base, type: "message.send.v1" as const, ...ids, to: jid, content };
        await command({ ...send, ...limit, acceptedAt: Date.now() });
        return ids;
      },
      waitForStatus: (status: string) =>
        waitFor("session.status", (event) => ofThis(event) && event.data.status === status),
      waitForReason: (reason: string) =>
        waitFor("session.status", (event) => ofThis(event) && event.data.reason === reason),
      waitForMessage: (messageId: string, status: string) =>
        waitFor(
          "message.status",
          ({ data }) => data.messageId === messageId && data.status === status,
        ),
      waitForReceived: (body: string) =>
        waitFor("message.received", (event) => {
          const { content } = event.data;
          return ofThis(event) && content.type === "text" && content.text.body === body;
        }),
    };
  }

  const collecting = collect();

  return {
    simulator,
    dynamodb,
    sqs,
    s3,
    kms,
    database,
    events,
    logs,
    startRunner,
    createSession,
    waitFor,
    /** A session that a simulated phone has linked. */
    async pairedSession(phoneName = "Owner") {
      const phone = await simulator.createPhone({ name: phoneName });
      const session = createSession();
      await session.connect();
      const { data } = await waitFor(
        "session.qr_code",
        (event) => event.sessionId === session.sessionId,
      );
      await phone.scan(data.qr);
      await session.waitForStatus("active");
      return { session, phone };
    },
    async [Symbol.asyncDispose]() {
      for (const child of children) {
        const gone = once(child, "exit");
        child.kill("SIGKILL");
        await gone;
      }
      stopping.abort();
      await collecting;
      await rm(folder, { recursive: true });
      queue.destroy();
      database.destroy();
      await Promise.all([simulator, sqs, dynamodb, s3, kms].map((part) => part.stop()));
      // Whatever a test is about: a ratchet counter that served twice fails it.
      simulator.history.assertNoCounterReuse();
    },
  };
}
