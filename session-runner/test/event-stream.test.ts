import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import type { EventBatch, EventDraft, WafleetEvent } from "#shared/contracts/event.ts";
import { createEventStream } from "../events/event-stream.ts";
import type { Journal } from "../journal/journal.ts";

test("of messages that came in the same millisecond, the events say which came first", () => {
  const staged: WafleetEvent[] = [];
  const journal = {
    position: { epoch: 1, seq: 1 },
    stage: ({ events }: { events: WafleetEvent[] }) => staged.push(...events),
    whenSettled: () => new Promise<void>(() => undefined),
  } as unknown as Journal;
  const stream = createEventStream({
    sessionId: "ses_1",
    accountId: "acc_1",
    journal,
    sender: { send: () => Promise.resolve(), stop: () => undefined },
    isSilent: () => false,
    now: () => 1_000,
  });
  const draft = { type: "message.received", data: {} } as unknown as EventDraft;
  for (let count = 0; count < 3; count += 1) stream.journal(draft);
  expect(staged.map(({ at }) => Date.parse(at))).toEqual([1_000, 1_001, 1_002]);
});

test("events leave together, a while after those before them; those that fill a message leave at once", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    const sent: number[] = [];
    const stream = createEventStream({
      sessionId: "ses_1",
      accountId: "acc_1",
      journal: { position: { epoch: 1, seq: 1 } } as unknown as Journal,
      sender: {
        send: ({ events }: EventBatch) => Promise.resolve(void sent.push(events.length)),
        stop: () => undefined,
      },
      isSilent: () => false,
      now: () => 1_000,
    });
    const draft = { type: "message.received", data: {} } as unknown as EventDraft;
    const published = Array.from({ length: 250 }, () => stream.publish(draft));
    await Promise.all(published.slice(0, 200));
    await nextTurn();
    expect(sent).toEqual([100, 100]);
    vi.advanceTimersByTime(1_000);
    await Promise.all(published);
    expect(sent).toEqual([100, 100, 50]);
  } finally {
    vi.useRealTimers();
  }
});

test("an event that is given in the instant in which those before it are given up is sent", async () => {
  for (let hops = 0; hops < 10; hops += 1) {
    const durable = Promise.withResolvers<void>();
    const sent: string[] = [];
    const stream = createEventStream({
      sessionId: "ses_1",
      accountId: "acc_1",
      journal: {
        position: { epoch: 1, seq: 1 },
        stage: () => undefined,
        whenSettled: () => durable.promise,
      } as unknown as Journal,
      sender: {
        send: ({ events }: EventBatch) => Promise.resolve(void sent.push(...events.map(toCursor))),
        stop: () => undefined,
      },
      isSilent: () => false,
      now: () => 1_000,
    });
    const draft = { type: "message.received", data: {} } as unknown as EventDraft;
    stream.journal(draft);
    durable.reject(new Error("fenced"));
    // One more turn of the microtasks each time: at one of them the stream has just ended its work.
    for (let hop = 0; hop < hops; hop += 1) await Promise.resolve();
    const published = stream.publish(draft).catch(() => sent.push("given up, too"));
    await nextTurn();
    expect(sent, `after ${hops}`).toHaveLength(1);
    await published;
  }
});

function toCursor({ cursor }: WafleetEvent): string {
  return cursor;
}
