import { Outbox } from "../session/outbox.ts";
import type { OutboxOptions } from "../session/outbox.ts";
import type { Engine } from "../whatsapp/engine.ts";

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

export const closedEngine = {
  send: () => Promise.resolve({ result: "not_sent" }),
} as unknown as Engine;

export function message(id: string) {
  const content = { type: "text" as const, text: { body: id } };
  return { messageId: id, whatsappId: id, to: "491600000001@s.whatsapp.net", content };
}

/** Settles nothing: what would be told of a message is an error. */
export function createOutbox(changed: Partial<OutboxOptions> = {}): Outbox {
  return new Outbox({
    ...calmOutbox,
    settle: () => Promise.reject(new Error("nothing was sent")),
    now: () => 0,
    ...changed,
  });
}
