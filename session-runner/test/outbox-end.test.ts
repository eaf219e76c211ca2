import { expect, test } from "vitest";
import type { OutboxMessage } from "../session/outbox-message.ts";
import { closedEngine, createOutbox, message } from "./calm-outbox.ts";

test("a session has not ended before all that came is stored as waiting", async () => {
  const parked: string[] = [];
  const isAsked = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<void>();
  const outbox = createOutbox({
    async park({ messageId }) {
      isAsked.resolve();
      await answer.promise;
      parked.push(messageId);
    },
  });
  await outbox.takeWaiting();
  outbox.open(closedEngine);
  const often = ["first", "second", "third"].map((id) => outbox.sendNew(message(id), true));
  await isAsked.promise;
  let stored: string[] | undefined;
  const ended = outbox.end("park").then(() => (stored = [...parked]));
  answer.resolve();
  await ended;
  expect(stored).toEqual(["first", "second", "third"]);
  expect(await Promise.all(often)).toEqual(["parked", "parked", "parked"]);
});

test("what was being stored when a session ended for good has its fate as well", async () => {
  const stored: OutboxMessage[] = [];
  const told: string[] = [];
  const isAsked = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<void>();
  const outbox = createOutbox({
    async park(one) {
      isAsked.resolve();
      await answer.promise;
      stored.push(one);
    },
    async *list() {
      yield* stored;
    },
    settle: async ({ messageId }, { reason }) => void told.push(`${messageId} ${reason}`),
  });
  outbox.open(closedEngine);
  const often = outbox.sendNew(message("first"), true);
  await isAsked.promise;
  const ended = outbox.end("fail");
  // Whoever looks before it is stored has looked by then.
  await new Promise((resolve) => setImmediate(resolve));
  answer.resolve();
  await Promise.all([often, ended]);
  expect(told).toEqual(["first session_ended"]);
});
