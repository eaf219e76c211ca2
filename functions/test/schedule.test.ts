import { createBatches } from "#functions/batches/create-batches.ts";
import * as items from "#functions/store/items.ts";
import type { Command, CommandOf } from "#shared/contracts/command.ts";
import { newId } from "#shared/ids.ts";
import { messageKey } from "#shared/items/message-item.ts";
import type { MessageItem } from "#shared/items/message-item.ts";
import pMap from "p-map";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createTestWake } from "./create-test-wake.ts";
import { createSessionIn, dispatchEvents, makeEvent, recordOf, statusDraft } from "./events.ts";
import type { Owner } from "./events.ts";
import { context, startSystem } from "./start-system.ts";
import type { System } from "./start-system.ts";

let system: System;
let owner: Owner;
let token: string;
let wake: () => Promise<void>;

beforeAll(async () => (system = await startSystem()));
afterAll(() => system[Symbol.asyncDispose]());
beforeEach(async () => {
  const tenant = await system.createTenant();
  token = tenant.token;
  owner = await createSessionIn(system, tenant);
  await commands();
  system.batchWork.take();
  const run = createTestWake(system);
  wake = () => run("messages");
});

async function commands(): Promise<Command[]> {
  const all: Command[] = [];
  for (let some = await system.takeCommands(); some.length > 0; some = await system.takeCommands())
    all.push(...some);
  return all;
}

async function schedule(body: string, inMs: number, more: object = {}) {
  const sendAt = new Date(system.now() + inMs).toISOString();
  const message = { to: "14155550123", type: "text", text: { body }, sendAt, ...more };
  const params = { sessionId: owner.sessionId };
  return (await system.call("sendMessage", { token, params, body: message })).body;
}

const status = async (messageId: string) => {
  const params = { sessionId: owner.sessionId, messageId };
  return (await system.call("getMessage", { token, params })).body;
};

test("a scheduled message is handed over in the minute before its time, once", async () => {
  const { id } = await schedule("later", 10 * 60_000, { expiresIn: 60, typeFor: 3 });
  expect(await commands()).toEqual([]);
  await wake();
  expect(await commands()).toEqual([]);
  system.advance(9 * 60_000 + 1_000);
  await wake();
  await wake();
  const [command, ...others] = (await commands()) as CommandOf<"message.send.v1">[];
  expect(others).toEqual([]);
  const { sendAt } = await status(id);
  expect(command).toMatchObject({ messageId: id, sendAt: Date.parse(sendAt ?? ""), typeFor: 3 });
  expect((command?.expiresAt ?? 0) - (command?.sendAt ?? 0)).toBe(60_000);
});

test("one that was cancelled is not, and what is due already goes at once", async () => {
  const { id: messageId } = await schedule("never", 30_000);
  const params = { sessionId: owner.sessionId, messageId };
  const cancelled = await system.call("cancelMessage", { token, params });
  expect(cancelled.body).toMatchObject({ status: "failed", reason: "cancelled" });
  expect((await system.call("cancelMessage", { token, params })).status).toBe(200);
  await wake();
  expect(await commands()).toEqual([]);
  const now = await schedule("now", -5_000);
  expect(await commands()).toMatchObject([{ messageId: now.id }]);
  const late = { ...params, messageId: now.id };
  const refused = await system.call("cancelMessage", { token, params: late });
  expect(refused.problem.code).toBe("message_not_scheduled");
});

test("what its worker is about to send is neither cancelled nor deleted, and says so", async () => {
  const { id: messageId } = await schedule("too late", 300 * 24 * 3_600_000);
  const params = { sessionId: owner.sessionId, messageId };
  await items.update(system.messages, messageKey(owner.sessionId, messageId), {
    UpdateExpression: "SET departure = :departure",
    ExpressionAttributeValues: { ":departure": "by its worker" },
  });
  for (const route of ["cancelMessage", "deleteMessage"] as const) {
    const { status, problem } = await system.call(route, { token, params });
    expect([status, problem.code]).toEqual([409, "message_leaving"]);
  }
  expect((await status(messageId)).status).toBe("queued");
});

test("a batch whose making is cut short, or whose work is lost, is made once and in order", async () => {
  const recipients = Array.from({ length: 7 }, (_, n) => ({
    to: `1415555010${n % 3}`,
    variables: { n: String(n) },
  }));
  const message = { type: "text", text: { body: "{{n}}" } };
  const params = { sessionId: owner.sessionId };
  const body = { message, recipients };
  const { id: batchId } = (await system.call("createBatch", { token, params, body })).body;
  const [work] = system.batchWork.take();
  const { control, messages, log } = system;
  const make = createBatches({ control, messages, commands: system.commands, log });
  const run = (one: typeof work) =>
    make(
      { Records: [recordOf(JSON.stringify({ type: "batch.fan-out.v1", ...one }), batchId)] },
      context,
    );
  system.dynamodb.faults.add({ kind: "throttle", operation: "UpdateItem", times: 1 });
  expect((await run(work)).batchItemFailures).toHaveLength(1);
  const progress = async () => (await system.call("getBatch", { token, params: { batchId } })).body;
  expect((await progress()).queued).toBe(0);
  // Nobody gives the work again, but the clock.
  system.advance(61_000);
  await wake();
  const [again] = system.batchWork.take();
  expect((await run(again)).batchItemFailures).toEqual([]);
  expect(await progress()).toMatchObject({ queued: 7, counts: { queued: 7, failed: 0 } });
  const sent = (await commands()).flatMap((command) =>
    command.type === "message.send.v1" && command.content.type === "text"
      ? [[command.to, Number(command.content.text.body)] as const]
      : [],
  );
  expect(sent).toHaveLength(7);
  for (const to of new Set(sent.map(([chat]) => chat))) {
    const numbers = sent.flatMap(([chat, n]) => (chat === to ? [n] : []));
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  }
  await wake();
  expect(system.batchWork.take()).toEqual([]);
});

test("the clock leaves a batch alone that is paused or cancelled, and takes it up again when it is resumed", async () => {
  const message = { type: "text", text: { body: "{{n}}" } };
  const body = { message, recipients: [{ to: "14155550100", variables: { n: "1" } }] };
  const params = { sessionId: owner.sessionId };
  const { id: batchId } = (await system.call("createBatch", { token, params, body })).body;
  const batch = { token, params: { batchId } };
  // As if the work had got lost.
  const asked = async () => {
    system.batchWork.take();
    system.advance(61_000);
    await wake();
    return system.batchWork.take().length;
  };
  expect(await asked()).toBe(1);
  await system.call("pauseBatch", batch);
  expect(await asked()).toBe(0);
  await system.call("resumeBatch", batch);
  expect(await asked()).toBe(1);
  await system.call("cancelBatch", batch);
  expect(await asked()).toBe(0);
  expect((await system.call("resumeBatch", batch)).problem.code).toBe("batch_cancelled");
});

test("of very many that are due soon, a shard's worker is given few before their time, and all of them in order", async () => {
  const { messages } = system;
  const { id } = await schedule("pattern", 30_000);
  const pattern = await items.find<MessageItem>(messages, messageKey(owner.sessionId, id));
  if (!pattern) throw new Error("the message is not stored");
  const start = pattern.sendAt ?? 0;
  const numbers = Array.from({ length: 400 }, (_, n) => n);
  await pMap(
    numbers,
    async (n) => {
      const messageId = newId("message", start - 3_600_000 + n);
      const chat = `1415555${String(n % 20).padStart(4, "0")}@s.whatsapp.net`;
      // Most of them at the same instant.
      const dueAt = start + (n < 350 ? 0 : 10_000);
      const keys = { ...messageKey(owner.sessionId, messageId), messageId };
      const content = { type: "text" as const, text: { body: String(n) } };
      const item: MessageItem = { ...pattern, ...keys, chat, dueAt, sendAt: dueAt, content };
      await items.put(messages, item);
    },
    { concurrency: 16 },
  );
  const taken: { at: number; command: CommandOf<"message.send.v1"> }[] = [];
  const run = createTestWake(system, {
    // What was handed over until then.
    beforeSleep: async () => {
      const at = system.now();
      const some = (await commands()) as CommandOf<"message.send.v1">[];
      taken.push(...some.map((command) => ({ at, command })));
    },
  });
  await run("messages");
  const at = system.now();
  const rest = (await commands()) as CommandOf<"message.send.v1">[];
  taken.push(...rest.map((command) => ({ at, command })));
  expect(taken).toHaveLength(401);
  expect(taken.filter((one) => one.at === taken[0]?.at)).toHaveLength(250);
  const late = taken.map(({ at, command }) => at - (command.sendAt ?? 0));
  expect(Math.max(...late)).toBeLessThan(60_000);
  for (const [, ofChat = []] of Object.entries(Object.groupBy(taken, (one) => one.command.to))) {
    const said = ofChat.map(({ command: { content } }) =>
      content.type === "text" ? Number(content.text.body) : -1,
    );
    expect(said).toEqual(said.toSorted((a, b) => a - b));
  }
  await wake();
  expect(await commands()).toEqual([]);
});

test("for a session that cannot send, a message waits for its time and from then on in the queue", async () => {
  const ids = { accountId: owner.accountId, sessionId: owner.sessionId };
  await dispatchEvents(system, ids, makeEvent(ids, "9.1", statusDraft("inactive")));
  const { id } = await schedule("when it is back", 30_000);
  await wake();
  expect(await commands()).toEqual([]);
  system.advance(31_000);
  await wake();
  expect(await commands()).toMatchObject([{ messageId: id }]);
  const item = await items.find<MessageItem>(system.messages, messageKey(owner.sessionId, id));
  // What happens before the queue forgets it is in offline-messages.test.ts.
  expect(item).toMatchObject({ status: "queued", dueIn: "keep" });
  expect(item).not.toHaveProperty("parkedIn");
});

test("what one shard's queue refuses is handed over by the next call", async () => {
  const { id } = await schedule("twice tried", 1_000);
  system.sqs.faults.add({ kind: "throttle", operation: "SendMessageBatch", times: 1 });
  await expect(wake()).rejects.toThrow();
  expect(await commands()).toEqual([]);
  await wake();
  expect(await commands()).toMatchObject([{ messageId: id }]);
});
