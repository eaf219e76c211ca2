import { expect, test } from "vitest";
import { errorCode } from "./error-code.ts";
import type { Subject } from "./subject.ts";
import { createTestQueue } from "./test-queue.ts";

export function standardConformance(subject: () => Subject): void {
  test("a received message is hidden until its visibility timeout ends, then comes again", async () => {
    const queue = await createTestQueue(subject());
    await queue.send("hello");
    expect((await queue.receiveOne({ VisibilityTimeout: 2 })).Body).toBe("hello");
    expect(await queue.bodies()).toEqual([]);
    await subject().pass(2);
    const again = await queue.receiveOne();
    expect(again.Attributes?.ApproximateReceiveCount).toBe("2");
  });

  test("a deleted message never comes again", async () => {
    const queue = await createTestQueue(subject());
    await queue.send("hello");
    await queue.delete(await queue.receiveOne({ VisibilityTimeout: 1 }));
    await subject().pass(1);
    expect(await queue.bodies()).toEqual([]);
  });

  test("deleting twice is no error", async () => {
    const queue = await createTestQueue(subject());
    await queue.send("hello");
    const message = await queue.receiveOne();
    await queue.delete(message);
    expect(await errorCode(queue.delete(message))).toBe("no error");
  });

  test("an older receipt is accepted but deletes nothing", async () => {
    const queue = await createTestQueue(subject());
    await queue.send("hello");
    const first = await queue.receiveOne({ VisibilityTimeout: 1 });
    await subject().pass(1);
    const second = await queue.receiveOne({ VisibilityTimeout: 2 });
    expect(await errorCode(queue.delete(first))).toBe("no error");
    await subject().pass(2);
    expect((await queue.receiveOne()).MessageId).toBe(second.MessageId);
  });

  test("a message whose visibility is set to 0 is there again at once", async () => {
    const queue = await createTestQueue(subject());
    await queue.send("hello");
    await queue.changeVisibility(await queue.receiveOne(), 0);
    expect(await queue.bodies()).toEqual(["hello"]);
  });

  test("a prolonged visibility timeout counts from the time of the change", async () => {
    const queue = await createTestQueue(subject());
    await queue.send("hello");
    await queue.changeVisibility(await queue.receiveOne({ VisibilityTimeout: 1 }), 4);
    await subject().pass(2);
    expect(await queue.bodies()).toEqual([]);
    await subject().pass(2);
    expect(await queue.bodies()).toEqual(["hello"]);
  });

  test("the visibility of a message that is not in flight cannot be changed", async () => {
    const queue = await createTestQueue(subject());
    await queue.send("hello");
    const message = await queue.receiveOne();
    await queue.changeVisibility(message, 0);
    expect(await errorCode(queue.changeVisibility(message, 5))).toBe(
      "AWS.SimpleQueueService.MessageNotInflight",
    );
  });

  test("a message cannot be held for more than twelve hours", async () => {
    const queue = await createTestQueue(subject());
    await queue.send("hello");
    const message = await queue.receiveOne({ VisibilityTimeout: 10 });
    await subject().pass(1);
    expect(await errorCode(queue.changeVisibility(message, 43_200))).toBe("InvalidParameterValue");
  });

  test("a delayed message comes after its delay, not before", async () => {
    const queue = await createTestQueue(subject());
    await queue.send("later", { DelaySeconds: 2 });
    expect(await queue.bodies()).toEqual([]);
    expect((await queue.attributes())["ApproximateNumberOfMessagesDelayed"]).toBe("1");
    await subject().pass(2);
    expect(await queue.bodies()).toEqual(["later"]);
  });

  test("a message's own delay of 0 wins over the queue's", async () => {
    const queue = await createTestQueue(subject(), { attributes: { DelaySeconds: "60" } });
    await queue.send("now", { DelaySeconds: 0 });
    expect(await queue.bodies()).toEqual(["now"]);
  });

  test("a long poll answers as soon as a message is sent", async () => {
    const queue = await createTestQueue(subject());
    const polled = queue.bodies({ WaitTimeSeconds: 20 });
    await queue.send("hello");
    expect(await polled).toEqual(["hello"]);
  });

  test("a receive asks for one to ten messages and waits at most twenty seconds", async () => {
    const queue = await createTestQueue(subject());
    for (const extra of [
      { MaxNumberOfMessages: 0 },
      { MaxNumberOfMessages: 11 },
      { WaitTimeSeconds: 21 },
      { VisibilityTimeout: 43_201 },
    ]) {
      expect(await errorCode(queue.receive(extra))).toBe("InvalidParameterValue");
    }
  });

  test("something that is no receipt handle is refused", async () => {
    const queue = await createTestQueue(subject());
    expect(await errorCode(queue.delete({ ReceiptHandle: "nonsense" }))).toBe(
      "ReceiptHandleIsInvalid",
    );
  });
}
