import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { errorCode } from "./error-code.ts";
import type { Subject } from "./subject.ts";
import { createTestQueue } from "./test-queue.ts";

export function messageConformance(subject: () => Subject): void {
  test("text of any alphabet arrives as it was sent", async () => {
    const queue = await createTestQueue(subject());
    const body = 'Žluťoučký 👋\t"quoted"\n\r <tag> &amp; 日本語';
    const sent = await queue.send(body);
    const message = await queue.receiveOne();
    expect(message.Body).toBe(body);
    expect(sent.MD5OfMessageBody).toBe(createHash("md5").update(body).digest("hex"));
    expect(message.MD5OfBody).toBe(sent.MD5OfMessageBody);
  });

  test("attributes of text, number and bytes arrive with the digest that AWS documents", async () => {
    const queue = await createTestQueue(subject());
    const MessageAttributes = {
      zebra: { DataType: "String", StringValue: "ž" },
      age: { DataType: "Number.int", StringValue: "42" },
      raw: { DataType: "Binary", BinaryValue: new Uint8Array([0, 1, 255]) },
    };
    const sent = await queue.send("hello", { MessageAttributes });
    // Computed by hand from the documented recipe: sorted names, lengths, kind bytes, values.
    const expected = createHash("md5")
      .update("\0\0\0\x03age\0\0\0\x0aNumber.int\x01\0\0\0\x0242", "latin1")
      .update("\0\0\0\x03raw\0\0\0\x06Binary\x02\0\0\0\x03\0\x01\xff", "latin1")
      .update("\0\0\0\x05zebra\0\0\0\x06String\x01\0\0\0\x02\xc5\xbe", "latin1")
      .digest("hex");
    expect(sent.MD5OfMessageAttributes).toBe(expected);
    const message = await queue.receiveOne();
    expect(message.MD5OfMessageAttributes).toBe(expected);
    expect(message.MessageAttributes).toMatchObject(MessageAttributes);
  });

  test("only the attributes that are asked for are shown, by name or prefix", async () => {
    const queue = await createTestQueue(subject());
    const value = { DataType: "String", StringValue: "v" };
    await queue.send("hello", {
      MessageAttributes: { "trace.id": value, "trace.span": value, other: value },
    });
    const shown = async (MessageAttributeNames: string[]) => {
      const message = await queue.receiveOne({
        MessageAttributeNames,
        MessageSystemAttributeNames: [],
      });
      await queue.changeVisibility(message, 0);
      expect(message.Attributes).toBeUndefined();
      return Object.keys(message.MessageAttributes ?? {}).sort();
    };
    expect(await shown([])).toEqual([]);
    expect(await shown(["other"])).toEqual(["other"]);
    expect(await shown(["trace.*"])).toEqual(["trace.id", "trace.span"]);
    expect(await shown([".*"])).toHaveLength(3);
  });

  test("a message of one MiB passes, one byte more does not", async () => {
    const queue = await createTestQueue(subject());
    const largest = "x".repeat(1_048_576);
    expect(await errorCode(queue.send(`${largest}x`))).toBe("InvalidParameterValue");
    await queue.send(largest);
    expect((await queue.receiveOne()).Body).toHaveLength(1_048_576);
  });

  test("attributes count towards the size", async () => {
    const queue = await createTestQueue(subject(), { attributes: { MaximumMessageSize: "1024" } });
    const sent = queue.send("x".repeat(1020), {
      MessageAttributes: { a: { DataType: "String", StringValue: "v" } },
    });
    expect(await errorCode(sent)).toBe("InvalidParameterValue");
  });

  test("a body with control characters or none at all is refused", async () => {
    const queue = await createTestQueue(subject());
    expect(await errorCode(queue.send("bell\u0007"))).toBe("InvalidMessageContents");
    expect(await errorCode(queue.send(""))).toBe("MissingParameter");
  });

  test("an attribute without a value or of an unknown type is refused", async () => {
    const queue = await createTestQueue(subject());
    for (const attribute of [{ DataType: "String" }, { DataType: "Date", StringValue: "x" }]) {
      const sent = queue.send("hello", { MessageAttributes: { a: attribute } });
      expect(await errorCode(sent)).toBe("InvalidParameterValue");
    }
  });

  test("the times of sending and of the first receive are told in milliseconds", async () => {
    const queue = await createTestQueue(subject());
    await queue.send("hello");
    const first = await queue.receiveOne({ VisibilityTimeout: 1 });
    await subject().pass(1);
    const second = await queue.receiveOne();
    const told = second.Attributes?.ApproximateFirstReceiveTimestamp;
    expect(told).toBe(first.Attributes?.ApproximateFirstReceiveTimestamp);
    expect(Number(told)).toBeGreaterThanOrEqual(Number(second.Attributes?.SentTimestamp));
  });

  test("a message older than the retention period is gone", async () => {
    const queue = await createTestQueue(subject(), {
      attributes: { MessageRetentionPeriod: "60" },
    });
    await queue.send("old");
    await subject().pass(61);
    expect(await queue.bodies()).toEqual([]);
  });
}
