import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as sqs from "@aws-sdk/client-sqs";
import { expect, onTestFinished, test } from "vitest";
import { toQueueArn } from "../queue.ts";
import { startSqs } from "../start-sqs.ts";
import { connectStandIn } from "./connect-stand-in.ts";
import { errorCode } from "./error-code.ts";

async function start(options: Parameters<typeof startSqs>[0]) {
  const standIn = await startSqs(options);
  const client = connectStandIn(standIn.endpoint);
  onTestFinished(async () => {
    client.destroy();
    await standIn.stop();
  });
  const attributes = async (name: string) => {
    const asked = { QueueUrl: standIn.queueUrl(name), AttributeNames: ["All" as const] };
    return (await client.send(new sqs.GetQueueAttributesCommand(asked))).Attributes ?? {};
  };
  return { ...standIn, client, attributes };
}

test("declared queues are there from the start, with their dead-letter queue", async () => {
  const { attributes, queueUrl, endpoint } = await start({
    queues: [
      { name: "dead.fifo" },
      {
        name: "commands.fifo",
        attributes: { VisibilityTimeout: "5" },
        deadLetterQueue: { name: "dead.fifo", maxReceiveCount: 3 },
      },
    ],
  });
  expect(queueUrl("commands.fifo")).toBe(`${endpoint}/000000000000/commands.fifo`);
  const shown = await attributes("commands.fifo");
  expect(shown).toMatchObject({ FifoQueue: "true", VisibilityTimeout: "5" });
  expect(JSON.parse(shown["RedrivePolicy"] ?? "")).toEqual({
    deadLetterTargetArn: toQueueArn("dead.fifo"),
    maxReceiveCount: 3,
  });
});

test("a queue declared otherwise than before takes its new attributes and keeps its messages", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "wafleet-sqs-"));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const before = await start({ dataDir, queues: [{ name: "q" }] });
  const QueueUrl = before.queueUrl("q");
  await before.client.send(new sqs.SendMessageCommand({ QueueUrl, MessageBody: "kept" }));
  await before.stop();
  const after = await start({
    dataDir,
    queues: [{ name: "q", attributes: { VisibilityTimeout: "9" } }],
  });
  expect((await after.attributes("q"))["VisibilityTimeout"]).toBe("9");
  expect(after.depth("q")).toEqual({ visible: 1, inFlight: 0 });
});

test("a URL from before a restart, with another port, still names its queue", async () => {
  const { client } = await start({ queues: [{ name: "q" }] });
  const QueueUrl = "http://127.0.0.1:1/000000000000/q";
  const sent = client.send(new sqs.SendMessageCommand({ QueueUrl, MessageBody: "hello" }));
  expect(await errorCode(sent)).toBe("no error");
});

test("a queue cannot be its own dead-letter queue", async () => {
  const { client, queueUrl } = await start({ queues: [{ name: "q" }] });
  const RedrivePolicy = JSON.stringify({
    deadLetterTargetArn: toQueueArn("q"),
    maxReceiveCount: 1,
  });
  const set = client.send(
    new sqs.SetQueueAttributesCommand({ QueueUrl: queueUrl("q"), Attributes: { RedrivePolicy } }),
  );
  expect(await errorCode(set)).toBe("InvalidParameterValue");
});

test("the depth of a queue that is not there is an error that names those that are", async () => {
  const { depth } = await start({ queues: [{ name: "here" }] });
  expect(() => depth("there")).toThrow('There is no queue "there". There are: here.');
});
