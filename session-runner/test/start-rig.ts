// A runner process of its own, with real stand-ins and a simulated WhatsApp around it. Commands go
// in and events come out as they do in a deployment: through the queues.
import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import { startDynamodb } from "#local/dynamodb/start-dynamodb.ts";
import { startKms } from "#local/kms/start-kms.ts";
import { startS3 } from "#local/s3/start-s3.ts";
import { startSqs } from "#local/sqs/start-sqs.ts";
import { dummyCredentials } from "#local/stand-in/dummy-credentials.ts";
import type { WafleetEvent } from "#shared/contracts/event.ts";
import type { BatchState } from "#shared/contracts/batch.ts";
import { commandGroup } from "#shared/contracts/command.ts";
import type { MessageContent } from "#shared/contracts/message-content.ts";
import type { SessionSettings } from "#shared/contracts/session-settings.ts";
import type { Command } from "#shared/contracts/command.ts";
import { newId } from "#shared/ids.ts";
import { batchKey } from "#shared/items/batch-item.ts";
import { wantedKey } from "#shared/items/fleet-item.ts";
import { messageKey } from "#shared/items/message-item.ts";
import { mintMessageIds } from "#shared/message-id.ts";
import { tables } from "#shared/resources/tables.ts";
import type { Phone } from "#simulator/phone/phone.ts";
import { startSimulator } from "#simulator/start-simulator.ts";
import { stageEnvironment } from "#test/chaos/stage/stage-environment.ts";
import { watchEvents } from "./watch-events.ts";

const at = (endpoint: string) => ({
  endpoint,
  region: "us-east-1",
  credentials: dummyCredentials,
});

/** A command that died with its runner comes again soon. */
const commandsQueue = {
  name: "commands-0.fifo",
  attributes: { FifoQueue: "true", VisibilityTimeout: "4" },
};

export type RigOptions = { env?: Record<string, string>; refTtlMs?: number };

type Limit = { expiresAt?: number; batchId?: string };

export type Rig = Awaited<ReturnType<typeof startRig>>;

/** The linked devices of a phone, itself left out. */
export function companions(phone: Phone) {
  return phone.devices().filter(({ device }) => device !== 0);
}

export async function startRig(options: RigOptions = {}) {
  const tableSpecs = Object.entries(tables).map(([name, table]) => ({ ...table, name }));
  const [dynamodb, sqs, s3, kms, simulator] = await Promise.all([
    startDynamodb({ tables: tableSpecs }),
    startSqs({ queues: [commandsQueue, { name: "events.fifo" }] }),
    startS3({ buckets: ["snapshots", "bundles", "media"], credentials: dummyCredentials }),
    startKms({ aliases: ["alias/wafleet"] }),
    startSimulator(options.refTtlMs ? { refTtlMs: options.refTtlMs } : {}),
  ]);
  const folder = await mkdtemp(join(tmpdir(), "wafleet-rig-"));
  const caFile = join(folder, "ca.pem");
  await writeFile(caFile, simulator.caPem);
  const queue = new SQSClient(at(sqs.endpoint));
  const database = DynamoDBDocumentClient.from(new DynamoDBClient(at(dynamodb.endpoint)));
  const children = new Set<ChildProcess>();
  const logs: string[] = [];

  const environment = {
    ...stageEnvironment({ dynamodb, sqs, s3, kms, simulator }, 1),
    NODE_EXTRA_CA_CERTS: caFile,
    ...options.env,
  };
  const { events, waitFor, stop } = watchEvents(queue, sqs.queueUrl("events.fifo"), logs);

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
      /** What the API does when a batch is made, or changed. */
      async putBatch(batchId: string, state: BatchState) {
        const item = { ...batchKey(accountId, batchId), state };
        await database.send(new PutCommand({ TableName: "messages", Item: item }));
      },
      /** What the API does on accepting a message. */
      say(to: string, body: string, limit: Limit = {}) {
        return this.send(to, { type: "text", text: { body } }, limit);
      },
      async send(to: string, content: MessageContent, limit: Limit = {}) {
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
      await stop();
      await rm(folder, { recursive: true });
      queue.destroy();
      database.destroy();
      await Promise.all([simulator, sqs, dynamodb, s3, kms].map((part) => part.stop()));
      // Whatever a test is about: a ratchet counter that served twice fails it.
      simulator.history.assertNoCounterReuse();
    },
  };
}
