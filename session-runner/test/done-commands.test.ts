import { DeleteMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";
import { mockClient } from "aws-sdk-client-mock";
import { afterEach, expect, test, vi } from "vitest";
import { createDoneCommands } from "../fleet/done-commands.ts";

const client = new SQSClient({ region: "us-east-1" });
const sqs = mockClient(client);

const sizes = () =>
  sqs.commandCalls(DeleteMessageBatchCommand).map(({ args: [{ input }] }) => input.Entries?.length);

function start() {
  vi.useFakeTimers();
  sqs.reset();
  sqs.on(DeleteMessageBatchCommand).resolves({});
  const missed = vi.fn();
  return { missed, done: createDoneCommands(client, "http://queue", missed) };
}

afterEach(() => vi.useRealTimers());

test("ten finished commands are deleted at once, the rest after a while", async () => {
  const { done } = start();
  const removals = Array.from({ length: 13 }, (_, i) => done.remove(`handle ${i}`));
  await Promise.all(removals.slice(0, 10));
  expect(sizes()).toEqual([10]);
  await vi.advanceTimersByTimeAsync(100);
  await Promise.all(removals);
  expect(sizes()).toEqual([10, 3]);
});

test("a deletion that fails is heard of, and keeps nobody waiting", async () => {
  const { done, missed } = start();
  sqs.on(DeleteMessageBatchCommand).rejects(new Error("throttled"));
  const removal = done.remove("handle");
  await vi.advanceTimersByTimeAsync(100);
  await removal;
  expect(missed).toHaveBeenCalledOnce();
});
