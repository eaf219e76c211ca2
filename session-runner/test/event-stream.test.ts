import { expect, test } from "vitest";
import type { EventDraft, WafleetEvent } from "#shared/contracts/event.ts";
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
