import * as sqs from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { errorCode } from "./error-code.ts";
import type { Subject } from "./subject.ts";
import { createTestQueue } from "./test-queue.ts";

export function deadLetterConformance(subject: () => Subject): void {
  async function pair(fifo: boolean, maxReceiveCount: number) {
    const dead = await createTestQueue(subject(), { fifo });
    const arn = (await dead.attributes())["QueueArn"] ?? "";
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arn, maxReceiveCount });
    const queue = await createTestQueue(subject(), { fifo, attributes: { RedrivePolicy } });
    return { queue, dead, arn };
  }
  const move = (SourceArn: string) =>
    subject().client.send(new sqs.StartMessageMoveTaskCommand({ SourceArn }));

  test("a message received too often goes to the dead-letter queue with its id", async () => {
    const { queue, dead } = await pair(false, 2);
    const sent = await queue.send("poison");
    for (let n = 0; n < 2; n += 1) await queue.changeVisibility(await queue.receiveOne(), 0);
    expect(await queue.bodies()).toEqual([]);
    const message = await dead.receiveOne({ WaitTimeSeconds: 20 });
    expect(message.MessageId).toBe(sent.MessageId);
    expect(message.Attributes?.DeadLetterQueueSourceArn).toBe(
      (await queue.attributes())["QueueArn"],
    );
  });

  test("a FIFO group goes on behind its poisoned message", async () => {
    const { queue, dead } = await pair(true, 1);
    await queue.sendTo("a", "poison");
    await queue.sendTo("a", "good");
    await queue.changeVisibility(await queue.receiveOne(), 0);
    expect(await queue.bodies({ MaxNumberOfMessages: 1, WaitTimeSeconds: 20 })).toEqual(["good"]);
    expect(await dead.bodies({ WaitTimeSeconds: 20 })).toEqual(["poison"]);
  });

  test("dead letters move back to where they came from, as new messages", async () => {
    const { queue, dead, arn } = await pair(true, 1);
    const sent = await queue.sendTo("a", "poison");
    await queue.changeVisibility(await queue.receiveOne(), 0);
    await queue.receive();
    expect((await move(arn)).TaskHandle).toBeTruthy();
    const back = await queue.receiveOne({ WaitTimeSeconds: 20 });
    expect(back.Body).toBe("poison");
    expect(back.MessageId).not.toBe(sent.MessageId);
    expect(back.Attributes?.ApproximateReceiveCount).toBe("1");
    expect(await dead.bodies()).toEqual([]);
  });

  test("only from a dead-letter queue can messages be moved", async () => {
    const queue = await createTestQueue(subject());
    const arn = (await queue.attributes())["QueueArn"] ?? "";
    expect(await errorCode(move(arn))).toBe("InvalidParameterValue");
    expect(await errorCode(move(`${arn}-not-there`))).toBe("ResourceNotFoundException");
  });

  test("a dead-letter queue has to be there and of the same type", async () => {
    const { arn } = await pair(true, 1);
    const queue = await createTestQueue(subject());
    for (const deadLetterTargetArn of [arn, arn.replace(".fifo", "-not-there")]) {
      const RedrivePolicy = JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 1 });
      expect(await errorCode(queue.set({ RedrivePolicy }))).toBe("InvalidParameterValue");
    }
  });
}
