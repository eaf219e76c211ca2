import { once } from "node:events";
import { connect, type Socket } from "node:net";
import * as sqs from "@aws-sdk/client-sqs";
import { expect, onTestFinished, test } from "vitest";
import { createFaults, type Faults } from "../../stand-in/faults.ts";
import { startSqs } from "../start-sqs.ts";
import { connectStandIn } from "./connect-stand-in.ts";
import { createTestQueue } from "./test-queue.ts";

/** Tells when the server has read a receive, which is as close to "it waits" as a client can know. */
function watchReceives(): { faults: Faults; next: () => Promise<void> } {
  const faults = createFaults();
  let arrived = () => {};
  return {
    next: () => new Promise((resolve) => (arrived = resolve)),
    faults: {
      ...faults,
      take(operation, body, kinds) {
        // Two turns of the loop later, the server has nothing left to do but wait.
        if (operation === "ReceiveMessage") setImmediate(() => setImmediate(arrived));
        return faults.take(operation, body, kinds);
      },
    },
  };
}

async function start(fifo: boolean) {
  const { faults, next } = watchReceives();
  const standIn = await startSqs({ faults });
  const client = connectStandIn(standIn.endpoint);
  onTestFinished(async () => {
    client.destroy();
    await standIn.stop();
  });
  const subject = { client, pollSeconds: 0, pass: async () => {}, stop: async () => {} };
  const queue = await createTestQueue(subject, { fifo });
  const poll = (abortSignal: AbortSignal) =>
    client.send(new sqs.ReceiveMessageCommand({ QueueUrl: queue.url, WaitTimeSeconds: 20 }), {
      abortSignal,
    });
  return { standIn, queue, next, poll };
}

test.for([false, true])("an aborted long poll swallows no message (FIFO: %s)", async (fifo) => {
  const { queue, next, poll } = await start(fifo);
  for (let round = 0; round < 20; round += 1) {
    const controller = new AbortController();
    const arrived = next();
    const polled = poll(controller.signal).catch((error: Error) => error.name);
    await arrived;
    controller.abort();
    await (fifo ? queue.sendTo("a", `message-${round}`) : queue.send(`message-${round}`));
    expect(await polled).toBe("AbortError");
    const message = await queue.receiveOne();
    expect(message.Attributes?.ApproximateReceiveCount).toBe("1");
    await queue.delete(message);
  }
});

async function openSocket(endpoint: string): Promise<Socket> {
  const socket = connect(Number(new URL(endpoint).port), "127.0.0.1");
  onTestFinished(() => void socket.destroy());
  await once(socket, "connect");
  return socket;
}

function writeRequest(socket: Socket, operation: string, input: object): void {
  const body = JSON.stringify(input);
  const head = `x-amz-target: AmazonSQS.${operation}\r\ncontent-length: ${body.length}`;
  socket.write(`POST / HTTP/1.1\r\nhost: localhost\r\n${head}\r\n\r\n${body}`);
}

test("a poller that leaves in the very moment of a send takes nothing with it", async () => {
  const { standIn, queue, next } = await start(false);
  for (let round = 0; round < 20; round += 1) {
    const poller = await openSocket(standIn.endpoint);
    const sender = await openSocket(standIn.endpoint);
    const arrived = next();
    writeRequest(poller, "ReceiveMessage", { QueueUrl: queue.url, WaitTimeSeconds: 20 });
    await arrived;
    // The server reads both in one turn of its loop, and the message first.
    writeRequest(sender, "SendMessage", { QueueUrl: queue.url, MessageBody: "hello" });
    poller.destroy();
    await once(sender, "data");
    const message = await queue.receiveOne();
    expect(message.Attributes?.ApproximateReceiveCount).toBe("1");
    await queue.delete(message);
  }
});

test("messages whose answer did not get through whole are given back", async () => {
  const { standIn, queue } = await start(false);
  for (let n = 0; n < 10; n += 1) await queue.send("x".repeat(1_000_000));
  const socket = await openSocket(standIn.endpoint);
  // Ten megabytes to a client that does not read: more than the buffers between take.
  socket.pause();
  writeRequest(socket, "ReceiveMessage", { QueueUrl: queue.url, MaxNumberOfMessages: 10 });
  await expect.poll(() => standIn.depth(queue.name).inFlight).toBe(10);
  socket.destroy();
  await expect.poll(() => standIn.depth(queue.name).visible).toBe(10);
  expect((await queue.receiveOne()).Attributes?.ApproximateReceiveCount).toBe("1");
});

test("of many long polls one gets the message", async () => {
  const { standIn, queue, next, poll } = await start(false);
  const controller = new AbortController();
  const polls = Array.from({ length: 5 }, () =>
    poll(controller.signal).then(
      (answer) => answer.Messages?.length ?? 0,
      () => 0,
    ),
  );
  await next();
  await queue.send("hello");
  expect(await Promise.race(polls)).toBe(1);
  controller.abort();
  expect((await Promise.all(polls)).reduce((sum, count) => sum + count, 0)).toBe(1);
  expect(standIn.depth(queue.name)).toEqual({ visible: 0, inFlight: 1 });
});

test("a long poll gets a message whose visibility timeout ends meanwhile", async () => {
  const { queue } = await start(true);
  await queue.sendTo("a", "hello");
  await queue.receiveOne({ VisibilityTimeout: 1 });
  expect(await queue.bodies({ WaitTimeSeconds: 20 })).toEqual(["hello"]);
});

test("a stand-in that stops lets go of its long polls", async () => {
  const { standIn, next, poll } = await start(true);
  const arrived = next();
  const polled = poll(new AbortController().signal).catch((error: Error) => error);
  await arrived;
  await standIn.stop();
  expect(await polled).toBeInstanceOf(Error);
});
