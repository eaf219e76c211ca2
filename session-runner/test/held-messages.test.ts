import { expect, test } from "vitest";
import { Outbox } from "../session/outbox.ts";
import type { FinalStatus, OutboxMessage, Verdict } from "../session/outbox-message.ts";
import type { Engine } from "../whatsapp/engine.ts";
import { calmOutbox } from "./calm-outbox.ts";

const to = "491600000001@s.whatsapp.net";

function message(id: string, more: Partial<OutboxMessage> = {}): OutboxMessage {
  const content = { type: "text" as const, text: { body: id } };
  return { messageId: id, whatsappId: id, to, content, ...more };
}

/** An outbox whose batch is in a state that tests change, and what it does. */
function scene() {
  const did: string[] = [];
  const waiting = new Map<string, OutboxMessage>();
  const batch: { state: "running" | "paused" | "cancelled" } = { state: "running" };
  const judge = async ({ batchId }: OutboxMessage): Promise<Verdict> => {
    if (batchId === undefined || batch.state === "running") return { go: true };
    return batch.state === "paused" ? { go: false, until: batchId } : { cancelled: true };
  };
  const outbox = new Outbox({
    ...calmOutbox,
    judge,
    settle: async ({ messageId }: OutboxMessage, { status, reason }: FinalStatus) =>
      void did.push(`${messageId} ${status}${reason === null ? "" : ` ${reason}`}`),
    park: async (message) => {
      waiting.set(message.messageId, message);
      did.push(`${message.messageId} stored`);
    },
    async *list(from = "") {
      const all = [...waiting.values()].toSorted((a, b) => (a.messageId < b.messageId ? -1 : 1));
      yield* all.filter(({ messageId }) => messageId >= from);
    },
    onTrouble: (error) => did.push(String(error)),
  });
  const engine = {
    send: async ({ whatsappId }: OutboxMessage) => {
      did.push(`${whatsappId} leaves`);
      return { result: "acknowledged" as const };
    },
    ask: async (question: { kind: string; state: string }) =>
      void did.push(`${question.kind} ${question.state}`),
  } as unknown as Engine;
  return { did, batch, outbox, engine };
}

test("a message of a paused batch lets the next one past, and leaves when it is resumed", async () => {
  const { did, batch, outbox, engine } = scene();
  outbox.open(engine);
  batch.state = "paused";
  const held = outbox.send(message("bulk", { batchId: "batch" }));
  const next = outbox.send(message("single"));
  expect([await held, await next]).toEqual(["parked", "done"]);
  expect(did).toEqual(["bulk stored", "single leaves", "single sent"]);
  batch.state = "running";
  outbox.letGo("batch");
  await expect.poll(() => did.slice(3)).toEqual(["bulk leaves", "bulk sent"]);
});

test("of a paused batch so many are in memory; all of them leave in order when it is resumed", async () => {
  const { did, batch, outbox, engine } = scene();
  outbox.open(engine);
  batch.state = "paused";
  const ids = Array.from({ length: 620 }, (_, n) => `bulk ${String(n).padStart(3, "0")}`);
  for (const id of ids) await outbox.send(message(id, { batchId: "batch" }));
  batch.state = "running";
  outbox.letGo("batch");
  const left = () => did.filter((what) => what.endsWith("leaves"));
  await expect.poll(() => left().length).toBe(ids.length);
  expect(left()).toEqual(ids.map((id) => `${id} leaves`));
});

test("what is held fails when its batch is cancelled, and when the session ends for good", async () => {
  const { did, batch, outbox, engine } = scene();
  outbox.open(engine);
  batch.state = "paused";
  await outbox.send(message("first", { batchId: "batch" }));
  batch.state = "cancelled";
  outbox.letGo("batch");
  await expect.poll(() => did).toContain("first failed cancelled");
  batch.state = "paused";
  await outbox.send(message("second", { batchId: "batch" }));
  await outbox.end("fail");
  expect(did.at(-1)).toBe("second failed session_ended");
});

test("what would wait long for its pace is stored before the queue forgets it, and keeps its place", async () => {
  const { did, outbox, engine } = scene();
  outbox.pacer.pacing = { perMinute: 1, burst: 1, jitter: 0 };
  outbox.open(engine);
  const fates = ["1", "2", "3"].map((id) => outbox.sendNew(message(id)));
  expect(await Promise.all(fates)).toEqual(["parked", "parked", "parked"]);
  outbox.pacer.pacing = null;
  outbox.lookAgain();
  await expect.poll(() => did.filter((what) => what.endsWith("leaves"))).toHaveLength(3);
  const left = did.filter((what) => what.endsWith("leaves"));
  expect(left).toEqual(["1 leaves", "2 leaves", "3 leaves"]);
});

test("typing is shown before a message leaves that asks for it", async () => {
  const { did, outbox, engine } = scene();
  outbox.open(engine);
  expect(await outbox.send(message("typed", { typeFor: 1 }))).toBe("done");
  expect(did).toEqual(["typing.show composing", "typed leaves", "typed sent"]);
});
