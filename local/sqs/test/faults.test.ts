import * as sqs from "@aws-sdk/client-sqs";
import { expect, onTestFinished, test } from "vitest";
import { startSqs } from "../start-sqs.ts";
import { connectStandIn } from "./connect-stand-in.ts";
import { errorCode } from "./error-code.ts";
import { createTestQueue } from "./test-queue.ts";

async function start(maxAttempts = 1) {
  const standIn = await startSqs();
  const client = connectStandIn(standIn.endpoint, maxAttempts);
  onTestFinished(async () => {
    client.destroy();
    await standIn.stop();
  });
  const subject = { client, pollSeconds: 0, pass: async () => {}, stop: async () => {} };
  return { ...standIn, subject, queue: (fifo = false) => createTestQueue(subject, { fifo }) };
}

test("a throttled send has done nothing, and the SDK sends it again", async () => {
  const { faults, depth, ...sqs } = await start(3);
  const queue = await sqs.queue();
  faults.add({ kind: "throttle", operation: "SendMessage", times: 2 });
  await queue.send("hello");
  expect(depth(queue.name).visible).toBe(1);
});

test("throttling that goes on reaches the caller under its own name", async () => {
  const { faults, ...sqs } = await start();
  const queue = await sqs.queue();
  faults.add({ kind: "throttle", operation: "SendMessage" });
  expect(await errorCode(queue.send("hello"))).toBe("RequestThrottled");
});

test("a send whose answer is lost is done, and its retry is deduplicated", async () => {
  const { faults, depth, ...sqs } = await start(2);
  const queue = await sqs.queue(true);
  faults.add({ kind: "drop-answer", operation: "SendMessage", times: 1 });
  await queue.sendTo("a", "hello");
  expect(depth(queue.name).visible).toBe(1);
});

test("a receive whose answer is lost leaves its messages in flight, as on AWS", async () => {
  const { faults, depth, ...sqs } = await start();
  const queue = await sqs.queue();
  await queue.send("hello");
  faults.add({ kind: "drop-answer", operation: "ReceiveMessage", times: 1 });
  await expect(queue.receive()).rejects.toThrow();
  expect(depth(queue.name)).toEqual({ visible: 0, inFlight: 1 });
});

test("a refused request has done nothing", async () => {
  const { faults, depth, ...sqs } = await start();
  const queue = await sqs.queue();
  faults.add({ kind: "refuse", match: "unlucky", times: 1 });
  await expect(queue.send("unlucky")).rejects.toThrow();
  await queue.send("lucky");
  expect(depth(queue.name).visible).toBe(1);
});

test("a delayed request is done all the same", async () => {
  const { faults, depth, ...sqs } = await start();
  const queue = await sqs.queue();
  faults.add({ kind: "delay", delayMs: 5, operation: "SendMessage" });
  await queue.send("hello");
  expect(depth(queue.name).visible).toBe(1);
});

test("a standard queue told to duplicate has two copies of one message out at once", async () => {
  const { faults, depth, ...sqs } = await start();
  const queue = await sqs.queue();
  await queue.send("hello");
  faults.add({ kind: "duplicate-delivery", match: "hello" });
  const first = await queue.receiveOne();
  const second = await queue.receiveOne();
  expect(second.MessageId).toBe(first.MessageId);
  await queue.delete(first);
  await queue.delete(second);
  expect(depth(queue.name)).toEqual({ visible: 0, inFlight: 0 });
});

test("a FIFO queue told to duplicate gives a message once more after its deletion", async () => {
  const { faults, depth, ...sqs } = await start();
  const queue = await sqs.queue(true);
  await queue.sendTo("a", "1");
  await queue.sendTo("a", "2");
  faults.add({ kind: "duplicate-delivery", match: "1" });
  const first = await queue.receiveOne();
  await queue.delete(first);
  const [again, next] = await queue.receive();
  expect(again?.MessageId).toBe(first.MessageId);
  expect(next?.Body).toBe("2");
  await queue.delete(again ?? {});
  await queue.delete(next ?? {});
  expect(depth(queue.name)).toEqual({ visible: 0, inFlight: 0 });
});

test("the meter counts calls, and every begun 64 KB of payload as one request", async () => {
  const { meter, ...sqs } = await start();
  const queue = await sqs.queue();
  meter.reset();
  await queue.send("small");
  await queue.send("x".repeat(65_537));
  expect(meter.read()).toEqual({ "sqs.requests": 3, "sqs.SendMessage": 2 });
  meter.reset();
  await queue.receive();
  await queue.receive();
  expect(meter.read()).toEqual({ "sqs.requests": 3, "sqs.ReceiveMessage": 2 });
});

test("an operation that the stand-in does not have is refused by name", async () => {
  const { subject } = await start();
  const listed = subject.client.send(new sqs.ListMessageMoveTasksCommand({ SourceArn: "x" }));
  await expect(listed).rejects.toThrow(/does not have "ListMessageMoveTasks"/);
});
