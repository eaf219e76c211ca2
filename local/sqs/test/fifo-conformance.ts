import { expect, test } from "vitest";
import { errorCode } from "./error-code.ts";
import type { Subject } from "./subject.ts";
import { createTestQueue } from "./test-queue.ts";

export function fifoConformance(subject: () => Subject): void {
  const fifo = (attributes: Record<string, string> = {}) =>
    createTestQueue(subject(), { fifo: true, attributes });

  test("one receive gives several messages of one group, in order", async () => {
    const queue = await fifo();
    for (const body of ["1", "2", "3"]) await queue.sendTo("a", body);
    expect(await queue.bodies()).toEqual(["1", "2", "3"]);
  });

  test("a group with a message in flight gives nothing more, other groups do", async () => {
    const queue = await fifo();
    await queue.sendTo("a", "a1");
    await queue.sendTo("a", "a2");
    await queue.sendTo("b", "b1");
    expect((await queue.receiveOne()).Body).toBe("a1");
    expect(await queue.bodies()).toEqual(["b1"]);
    expect(await queue.bodies()).toEqual([]);
  });

  test("a group goes on once everything that it gave is deleted", async () => {
    const queue = await fifo();
    for (const body of ["1", "2", "3"]) await queue.sendTo("a", body);
    const [first, second] = await queue.receive({ MaxNumberOfMessages: 2 });
    await queue.delete(first ?? {});
    expect(await queue.bodies()).toEqual([]);
    await queue.delete(second ?? {});
    expect(await queue.bodies()).toEqual(["3"]);
  });

  test("a message that becomes visible again comes before those sent after it", async () => {
    const queue = await fifo();
    await queue.sendTo("a", "1");
    await queue.sendTo("a", "2");
    await queue.receiveOne({ VisibilityTimeout: 2 });
    await subject().pass(2);
    expect(await queue.bodies()).toEqual(["1", "2"]);
  });

  test("messages given back out of order come again in order", async () => {
    const queue = await fifo();
    for (const body of ["1", "2", "3"]) await queue.sendTo("a", body);
    const messages = await queue.receive();
    for (const message of messages.toReversed()) await queue.changeVisibility(message, 0);
    expect(await queue.bodies()).toEqual(["1", "2", "3"]);
  });

  test("no other message of a group comes while a later one of it is still in flight", async () => {
    const queue = await fifo();
    await queue.sendTo("a", "1");
    await queue.sendTo("a", "2");
    const [first] = await queue.receive();
    await queue.changeVisibility(first ?? {}, 0);
    expect(await queue.bodies()).toEqual([]);
  });

  test("a receipt whose time is over neither deletes nor prolongs", async () => {
    const queue = await fifo();
    await queue.sendTo("a", "1");
    const message = await queue.receiveOne({ VisibilityTimeout: 1 });
    await subject().pass(1);
    expect(await errorCode(queue.delete(message))).toBe("InvalidParameterValue");
    expect(await errorCode(queue.changeVisibility(message, 5))).toBe("InvalidParameterValue");
    expect(await queue.bodies()).toEqual(["1"]);
  });

  test("the receipt of an earlier receive is refused while a later one holds the message", async () => {
    const queue = await fifo();
    await queue.sendTo("a", "1");
    const early = await queue.receiveOne({ VisibilityTimeout: 1 });
    await subject().pass(1);
    const late = await queue.receiveOne();
    await expect(queue.delete(early)).rejects.toThrow(/receipt handle has expired/i);
    await queue.delete(late);
    expect(await queue.bodies()).toEqual([]);
  });

  test("sequence numbers rise and have twenty digits", async () => {
    const queue = await fifo();
    const first = await queue.sendTo("a", "1");
    const second = await queue.sendTo("b", "2");
    expect(first.SequenceNumber).toMatch(/^\d{20}$/);
    expect(BigInt(second.SequenceNumber ?? 0)).toBeGreaterThan(BigInt(first.SequenceNumber ?? 0));
    const message = await queue.receiveOne();
    expect(message.Attributes).toMatchObject({
      SequenceNumber: first.SequenceNumber,
      MessageGroupId: "a",
      MessageDeduplicationId: "1",
      ApproximateReceiveCount: "1",
    });
  });

  test("a FIFO send needs a group", async () => {
    const queue = await fifo({ ContentBasedDeduplication: "true" });
    expect(await errorCode(queue.send("alone"))).toBe("MissingParameter");
  });

  test("a FIFO send without any deduplication id is refused", async () => {
    const queue = await fifo();
    expect(await errorCode(queue.send("hi", { MessageGroupId: "a" }))).toBe(
      "InvalidParameterValue",
    );
  });

  test("a single message on a FIFO queue cannot be delayed, the whole queue can", async () => {
    const queue = await fifo({ ContentBasedDeduplication: "true", DelaySeconds: "2" });
    const own = queue.send("own", { MessageGroupId: "a", DelaySeconds: 1 });
    expect(await errorCode(own)).toBe("InvalidParameterValue");
    await queue.send("all", { MessageGroupId: "a" });
    expect(await queue.bodies()).toEqual([]);
    await subject().pass(2);
    expect(await queue.bodies()).toEqual(["all"]);
  });

  test("a new delay of a FIFO queue holds for waiting messages too", async () => {
    const queue = await fifo({ DelaySeconds: "900" });
    await queue.sendTo("a", "1");
    await queue.set({ DelaySeconds: "0" });
    expect(await queue.bodies({ WaitTimeSeconds: 20 })).toEqual(["1"]);
  });

  test("a busy group does not keep others from being received", async () => {
    const queue = await fifo();
    for (let n = 0; n < 12; n += 1) await queue.sendTo("busy", `busy-${n}`);
    await queue.sendTo("quiet", "quiet");
    expect(await queue.receive()).toHaveLength(10);
    expect(await queue.bodies()).toEqual(["quiet"]);
  });

  test("a receive that names its attempt can be repeated and gets the same receipts", async () => {
    const queue = await fifo();
    await queue.sendTo("a", "1");
    const attempt = { ReceiveRequestAttemptId: "attempt-1" };
    const first = await queue.receiveOne(attempt);
    const repeated = await queue.receiveOne(attempt);
    expect(repeated.ReceiptHandle).toBe(first.ReceiptHandle);
    await queue.delete(first);
    expect(await queue.bodies(attempt)).toEqual([]);
  });
}
