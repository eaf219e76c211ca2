import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import type { Subject } from "./subject.ts";
import { createTestQueue } from "./test-queue.ts";

const md5 = (text: string) => createHash("md5").update(text).digest("hex");

export function deduplicationConformance(subject: () => Subject): void {
  const fifo = (attributes: Record<string, string> = {}) =>
    createTestQueue(subject(), { fifo: true, attributes });

  test("the same deduplication id within five minutes is one message", async () => {
    const queue = await fifo();
    const first = await queue.sendTo("a", "one", "same");
    const second = await queue.sendTo("a", "two", "same");
    expect(second.MessageId).toBe(first.MessageId);
    expect(await queue.bodies()).toEqual(["one"]);
  });

  test("a repeated send is answered with the digest of its own body", async () => {
    const queue = await fifo();
    await queue.sendTo("a", "one", "same");
    expect((await queue.sendTo("a", "two", "same")).MD5OfMessageBody).toBe(md5("two"));
  });

  test("an id stays used after its message is deleted", async () => {
    const queue = await fifo();
    await queue.sendTo("a", "one", "same");
    await queue.delete(await queue.receiveOne());
    await queue.sendTo("a", "two", "same");
    expect(await queue.bodies()).toEqual([]);
  });

  test("after five minutes the id is free again", async () => {
    const queue = await fifo();
    const first = await queue.sendTo("a", "one", "same");
    await subject().pass(300);
    const second = await queue.sendTo("a", "two", "same");
    expect(second.MessageId).not.toBe(first.MessageId);
    expect(await queue.bodies()).toEqual(["one", "two"]);
  });

  test("a repeated send does not make the five minutes longer", async () => {
    const queue = await fifo();
    await queue.sendTo("a", "one", "same");
    await subject().pass(200);
    await queue.sendTo("a", "two", "same");
    await subject().pass(100);
    await queue.sendTo("a", "three", "same");
    expect(await queue.bodies()).toEqual(["one", "three"]);
  });

  test("by content, the same body is one message and another body is not", async () => {
    const queue = await fifo({ ContentBasedDeduplication: "true" });
    for (const body of ["x", "x", "y"]) await queue.send(body, { MessageGroupId: "a" });
    expect(await queue.bodies()).toEqual(["x", "y"]);
  });

  test("an explicit id wins over the content", async () => {
    const queue = await fifo({ ContentBasedDeduplication: "true" });
    await queue.sendTo("a", "x", "first");
    await queue.sendTo("a", "x", "second");
    expect(await queue.bodies()).toEqual(["x", "x"]);
  });

  test("ids hold for the whole queue, whatever the group", async () => {
    const queue = await fifo();
    await queue.sendTo("a", "one", "same");
    await queue.sendTo("b", "two", "same");
    expect(await queue.bodies()).toEqual(["one"]);
  });

  test("with the scope of a group, each group has ids of its own", async () => {
    const queue = await fifo({
      DeduplicationScope: "messageGroup",
      FifoThroughputLimit: "perMessageGroupId",
    });
    await queue.sendTo("a", "one", "same");
    await queue.sendTo("b", "two", "same");
    await queue.sendTo("b", "three", "same");
    expect(new Set(await queue.bodies())).toEqual(new Set(["one", "two"]));
  });
}
