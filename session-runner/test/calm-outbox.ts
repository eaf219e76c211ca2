import type { OutboxOptions } from "../session/outbox.ts";

/** An outbox around which nothing happens: nobody cancels, nothing waits, every store answers. */
export const calmOutbox = {
  beginDeparture: async () => "begun",
  giveUpDeparture: async () => undefined,
  settle: async () => undefined,
  park: async () => undefined,
  async *list() {},
  onTrouble: () => undefined,
  judge: async () => ({ go: true }),
  isTold: () => false,
  isQueued: async () => true,
  claim: () => true,
  mayHaveLeft: () => false,
  onOutcome: () => undefined,
  random: () => 0.5,
  now: Date.now,
} satisfies OutboxOptions;
