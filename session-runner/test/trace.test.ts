import type { SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { newId } from "#shared/ids.ts";
import { createQueueSender } from "../events/queue-sender.ts";
import { currentTrace, withTrace } from "../events/trace.ts";
import { fullTrust } from "./full-trust.ts";

const trace = "Root=1-67891233-abcdef012345678912345678;Parent=463ac35c9f6413ad;Sampled=1";

test("the trace of a command goes on with the events that it leads to", async () => {
  const sent: SendMessageBatchCommand["input"][] = [];
  const client = {
    send: (command: SendMessageBatchCommand) => {
      sent.push(command.input);
      return Promise.resolve({});
    },
  } as unknown as SQSClient;
  const sender = createQueueSender(client, "http://queue", fullTrust);
  const isVoid = () => false;
  const batch = {
    type: "events.append.v1" as const,
    sessionId: newId("session"),
    accountId: newId("account"),
    events: [],
  };
  await withTrace(trace, async () => {
    await Promise.resolve();
    await sender.send(batch, "1", isVoid, currentTrace());
  });
  await sender.send(batch, "2", isVoid, currentTrace());
  const [first, second] = sent.flatMap(({ Entries = [] }) => Entries);
  expect(first?.MessageSystemAttributes).toEqual({
    AWSTraceHeader: { DataType: "String", StringValue: trace },
  });
  expect(second).not.toHaveProperty("MessageSystemAttributes");
});
