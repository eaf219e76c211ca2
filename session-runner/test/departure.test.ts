import { expect, test } from "vitest";
import type { SendOutcome } from "../whatsapp/send-outcome.ts";
import type { Engine } from "../whatsapp/engine.ts";
import { Outbox } from "../session/outbox.ts";
import type { OutboxMessage, Verdict } from "../session/outbox-message.ts";
import { calmOutbox } from "./calm-outbox.ts";

const content = { type: "text" as const, text: { body: "hello" } };
const chat = "491600000001@s.whatsapp.net";

function message(id: string, more: Partial<OutboxMessage> = {}): OutboxMessage {
  return { messageId: id, whatsappId: id, to: chat, content, ...more };
}

/** An outbox, what is stored of departures, and whoever cancels. */
function scene() {
  const did: string[] = [];
  const begun = new Map<string, string>();
  const cancelled = new Set<string>();
  const verdicts: Verdict[] = [];
  const outcomes: (SendOutcome | Promise<SendOutcome>)[] = [];
  const troubles: string[] = [];
  const outbox = new Outbox({
    ...calmOutbox,
    async beginDeparture({ messageId }, departure) {
      const trouble = troubles.shift();
      if (trouble) throw new Error(trouble);
      if (cancelled.has(messageId)) return "cancelled";
      const before = begun.get(messageId) ?? departure;
      begun.set(messageId, departure);
      return before === departure ? "begun" : "again";
    },
    async giveUpDeparture({ messageId }, departure) {
      if (begun.get(messageId) === departure) begun.delete(messageId);
    },
    judge: async () => verdicts.shift() ?? { go: true },
    settle: async ({ messageId }, { status, reason }) =>
      void did.push(`${messageId} ${status} ${reason}`),
    onTrouble: (error) => did.push(String(error)),
  });
  const engine = {
    async send({ whatsappId }: OutboxMessage) {
      did.push(`${whatsappId} leaves`);
      return outcomes.shift() ?? { result: "acknowledged" };
    },
  } as unknown as Engine;
  /** As the API does: false when it is refused. */
  const cancel = (id: string) => !begun.has(id) && cancelled.add(id).has(id);
  return { did, outbox, engine, cancel, begun, verdicts, outcomes, troubles };
}

const scheduled = { sendAt: 1 };

test("a scheduled message that is cancelled in its worker's hands does not leave, and the next one does", async () => {
  const { did, outbox, engine, cancel } = scene();
  const first = outbox.send(message("first", scheduled));
  const next = outbox.send(message("next", scheduled));
  expect(cancel("first")).toBe(true);
  outbox.open(engine);
  expect(await Promise.all([first, next])).toEqual(["done", "done"]);
  expect(did).toEqual(["next leaves", "next sent null"]);
  expect(cancel("next")).toBe(false);
});

test("one that did not leave after all can be cancelled again", async () => {
  const { did, outbox, engine, cancel, outcomes } = scene();
  outcomes.push({ result: "not_sent" });
  const fate = outbox.send(message("late", scheduled));
  outbox.open(engine);
  await expect.poll(() => did.length).toBe(1);
  await expect.poll(() => cancel("late")).toBe(true);
  outbox.open(engine);
  expect(await fate).toBe("done");
  expect(did).toEqual(["late leaves"]);
});

test("one that a former worker may have sent stays out of reach, whatever becomes of it", async () => {
  const { did, outbox, engine, cancel, begun, outcomes } = scene();
  begun.set("late", "of the former worker");
  outcomes.push({ result: "not_sent" });
  const fate = outbox.send(message("late", scheduled));
  outbox.open(engine);
  await expect.poll(() => did.length).toBe(1);
  expect(cancel("late")).toBe(false);
  await outbox.end("fail");
  expect(await fate).toBe("done");
  expect(did).toEqual(["late leaves", "late unknown not_acknowledged"]);
});

test("a store that fails keeps a scheduled message waiting, and loses it nothing", async () => {
  const { did, outbox, engine, troubles } = scene();
  troubles.push("throttled");
  const fate = outbox.send(message("late", scheduled));
  outbox.open(engine);
  expect(await fate).toBe("done");
  expect(did).toEqual(["Error: throttled", "late leaves", "late sent null"]);
});

test("what may have left is not called failed when its batch is cancelled", async () => {
  const { did, outbox, engine, verdicts, outcomes } = scene();
  const answer = Promise.withResolvers<SendOutcome>();
  outcomes.push(answer.promise);
  const fate = outbox.send(message("bulk", { batchId: "batch" }));
  outbox.open(engine);
  await expect.poll(() => did.length).toBe(1);
  verdicts.push({ cancelled: true });
  answer.resolve({ result: "unanswered" });
  expect(await fate).toBe("done");
  expect(did).toEqual(["bulk leaves", "bulk unknown not_acknowledged"]);
});
