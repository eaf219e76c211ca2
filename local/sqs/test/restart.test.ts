import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as sqs from "@aws-sdk/client-sqs";
import { expect, onTestFinished, test } from "vitest";
import { startSqs } from "../start-sqs.ts";
import { connectStandIn } from "./connect-stand-in.ts";

function tempDir(): string {
  const dataDir = mkdtempSync(join(tmpdir(), "wafleet-sqs-"));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  return dataDir;
}

async function open(dataDir: string, name: string, now: () => number = Date.now) {
  const standIn = await startSqs({ dataDir, now, queues: [{ name }] });
  const client = connectStandIn(standIn.endpoint);
  onTestFinished(async () => {
    client.destroy();
    await standIn.stop();
  });
  return { ...standIn, ...use(client, standIn.queueUrl(name)) };
}

function use(client: sqs.SQSClient, QueueUrl: string) {
  return {
    send: (MessageBody: string, MessageGroupId = "a") =>
      client.send(
        new sqs.SendMessageCommand({
          QueueUrl,
          MessageBody,
          MessageGroupId,
          MessageDeduplicationId: MessageBody,
        }),
      ),
    receive: async (MaxNumberOfMessages = 10) => {
      const asked = { QueueUrl, MaxNumberOfMessages };
      return (await client.send(new sqs.ReceiveMessageCommand(asked))).Messages ?? [];
    },
    remove: ({ ReceiptHandle }: sqs.Message) =>
      client.send(new sqs.DeleteMessageCommand({ QueueUrl, ReceiptHandle })),
  };
}

test("messages, their order, receipts and flights survive a restart", async () => {
  const dataDir = tempDir();
  const before = await open(dataDir, "q.fifo");
  for (const body of ["1", "2", "3"]) await before.send(body);
  const [first] = await before.receive(1);
  await before.stop();
  const after = await open(dataDir, "q.fifo");
  expect(await after.receive()).toEqual([]);
  expect(after.depth("q.fifo")).toEqual({ visible: 2, inFlight: 1 });
  await after.remove(first ?? {});
  expect((await after.receive()).map((message) => message.Body)).toEqual(["2", "3"]);
});

test("the deduplication window survives a restart, and deleted messages stay deleted", async () => {
  const dataDir = tempDir();
  let now = 1_800_000_000_000;
  const before = await open(dataDir, "q.fifo", () => now);
  const sent = await before.send("same");
  const [message] = await before.receive();
  await before.remove(message ?? {});
  await before.stop();
  const after = await open(dataDir, "q.fifo", () => now);
  expect((await after.send("same")).MessageId).toBe(sent.MessageId);
  expect(await after.receive()).toEqual([]);
  now += 300_000;
  await after.send("same");
  expect(await after.receive()).toHaveLength(1);
});

test("sequence numbers go on rising after a restart", async () => {
  const dataDir = tempDir();
  const now = () => 1_800_000_000_000;
  const before = await open(dataDir, "q.fifo", now);
  await before.send("1");
  const last = await before.send("2");
  await before.stop();
  const after = await open(dataDir, "q.fifo", now);
  const next = await after.send("3");
  expect(BigInt(next.SequenceNumber ?? 0)).toBeGreaterThan(BigInt(last.SequenceNumber ?? 0));
});

test("half a line at the end of the log, left by a crash, is ignored", async () => {
  const dataDir = tempDir();
  const before = await open(dataDir, "q.fifo");
  await before.send("whole");
  await before.stop();
  appendFileSync(join(dataDir, "sqs.log"), '[["message/q.fifo/half",{"bo');
  const after = await open(dataDir, "q.fifo");
  await after.send("next", "b");
  await after.stop();
  const again = await open(dataDir, "q.fifo");
  expect((await again.receive()).map((message) => message.Body)).toEqual(["whole", "next"]);
});

test("after a kill -9 every answered send is there, and every answered delete holds", async () => {
  const dataDir = tempDir();
  const script = fileURLToPath(new URL("serve-sqs.ts", import.meta.url));
  const child = spawn(process.execPath, [script, dataDir], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  const endpoint = line.toString().trim();
  const client = connectStandIn(endpoint);
  const victim = use(client, `${endpoint}/000000000000/killed.fifo`);
  const sent = new Set<string>();
  const deleted = new Set<string>();
  let next = 0;
  // Groups of their own, so that nothing waits for anything but the server.
  const sender = async () => {
    for (;;) {
      const body = `message-${(next += 1)}`;
      await victim.send(body, body);
      sent.add(body);
      if (sent.size === 300) child.kill("SIGKILL");
    }
  };
  const remover = async () => {
    for (;;) {
      for (const message of await victim.receive(3)) {
        await victim.remove(message);
        deleted.add(message.Body ?? "");
      }
    }
  };
  await Promise.allSettled([sender(), sender(), sender(), remover()]);
  client.destroy();
  expect(deleted.size).toBeGreaterThan(0);

  let now = Date.now();
  const after = await open(dataDir, "killed.fifo", () => now);
  now += 60_000;
  const found = new Set<string>();
  for (let batch = await after.receive(); batch.length > 0; batch = await after.receive()) {
    for (const message of batch) found.add(message.Body ?? "");
  }
  // One delete may have been done without its answer.
  expect([...sent].filter((body) => !found.has(body) && !deleted.has(body)).length).toBeLessThan(2);
  expect([...deleted].filter((body) => found.has(body))).toEqual([]);
});
