// Messages for a session that is not connected: in the queue, and before that forgets them, as items.
import { createBatches } from "#functions/batches/create-batches.ts";
import * as items from "#functions/store/items.ts";
import * as offlineMessages from "#functions/store/offline-messages.ts";
import { keepMessages } from "#functions/wake/keep-messages.ts";
import type { EventDraft } from "#shared/contracts/event.ts";
import { newId } from "#shared/ids.ts";
import { messageKey } from "#shared/items/message-item.ts";
import type { MessageItem } from "#shared/items/message-item.ts";
import pMap from "p-map";
import { expect, test } from "vitest";
import { createTestWake } from "./create-test-wake.ts";
import {
  createSessionIn,
  dispatchEvents,
  makeEvent,
  messageStatusDraft,
  recordOf,
  statusDraft,
} from "./events.ts";
import type { Owner } from "./events.ts";
import { context } from "./start-system.ts";
import type { System } from "./start-system.ts";
import { withTenant } from "./with-tenant.ts";
import type { Tenant } from "./with-tenant.ts";

let system: System;
let tenant: Tenant;
let owner: Owner;
withTenant(async (scene) => {
  ({ system, tenant } = scene);
  owner = await createSessionIn(system, tenant, "inactive");
  // What other tests have left in the index.
  await wake();
  while ((await system.takeCommands()).length > 0);
});

const dayMs = 24 * 3_600_000;
const text = { type: "text", text: { body: "hello" } };

const wake = () => createTestWake(system)("messages");

const find = async (messageId: string) =>
  items.find<MessageItem>(system.messages, messageKey(owner.sessionId, messageId));

/** Its messages are kept for longer than the queue keeps commands, as by default. */
async function accept(more: object = {}): Promise<string> {
  const { token } = tenant;
  const params = { sessionId: owner.sessionId };
  const body = { to: "14155550123", ...text, queueWhenOffline: true, ...more };
  return (await system.call("sendMessage", { token, params, body })).body.id;
}

async function acceptScheduled(): Promise<string> {
  const id = await accept({ sendAt: new Date(system.now() + 30_000).toISOString() });
  system.advance(31_000);
  await wake();
  return id;
}

async function acceptBatch(): Promise<string> {
  const body = { message: text, recipients: [{ to: "14155550123" }], queueWhenOffline: true };
  const params = { sessionId: owner.sessionId };
  await system.call("createBatch", { token: tenant.token, params, body });
  const work = JSON.stringify({ type: "batch.fan-out.v1", ...system.batchWork.take().at(-1) });
  const { control, messages, commands, log } = system;
  const make = createBatches({ control, messages, commands, log });
  await make({ Records: [recordOf(work, "batch")] }, context);
  const all = await system.call("listMessages", { token: tenant.token, params });
  return all.body.data[0]?.id ?? "";
}

test.for([
  ["a message", () => accept()],
  ["a scheduled one whose time has come", acceptScheduled],
  ["one of a batch", acceptBatch],
] as const)(
  "%s is queued once; before the queue forgets it, it is stored as waiting",
  async ([, make]) => {
    const id = await make();
    expect(await system.takeCommands()).toMatchObject([{ messageId: id }]);
    system.advance(12.9 * dayMs);
    await wake();
    expect(await find(id)).toMatchObject({ status: "queued", dueIn: "keep" });
    expect(await find(id)).not.toHaveProperty("parkedIn");
    system.advance(0.1 * dayMs);
    await wake();
    const kept = await find(id);
    expect(kept).toMatchObject({ status: "queued", parkedIn: owner.sessionId });
    expect(kept).not.toHaveProperty("dueIn");
    expect(kept).not.toHaveProperty("dueAt");
    await wake();
    expect(await system.takeCommands()).toEqual([]);
  },
);

test("what has its fate is out of the index", async () => {
  const sent = await accept();
  const cancelled = await acceptScheduled();
  await dispatchEvents(system, owner, makeEvent(owner, "2.1", messageStatusDraft(sent, "sent")));
  const params = { sessionId: owner.sessionId, messageId: cancelled };
  await system.call("cancelMessage", { token: tenant.token, params });
  for (const [id, status] of [
    [sent, "sent"],
    [cancelled, "failed"],
  ] as const) {
    const item = await find(id);
    expect(item?.status).toBe(status);
    for (const name of ["dueIn", "dueAt", "parkedIn"]) expect(item).not.toHaveProperty(name);
  }
});

test.for(["keep", "due"] as const)(
  "what has its fate and is in the index still is neither queued again nor stored as waiting: %s",
  async (dueIn) => {
    const id = await accept();
    await system.takeCommands();
    // As a dispatcher of an earlier release does it.
    await items.update(system.messages, messageKey(owner.sessionId, id), {
      UpdateExpression: "SET #status = :sent, dueIn = :dueIn, dueAt = :now",
      ExpressionAttributeNames: { "#status": "status" },
      ExpressionAttributeValues: { ":sent": "sent", ":dueIn": dueIn, ":now": system.now() },
    });
    await wake();
    expect(await system.takeCommands()).toEqual([]);
    const item = await find(id);
    for (const name of ["dueIn", "dueAt", "parkedIn"]) expect(item).not.toHaveProperty(name);
  },
);

test("what was erased between the look into the index and the write does not come back", async () => {
  const id = await accept();
  const key = messageKey(owner.sessionId, id);
  await items.remove(system.messages, key);
  await offlineMessages.keep(system.messages, key);
  expect(await find(id)).toBeUndefined();
});

test("however many are to be stored at once, scheduled messages come first, and the rest is for the next call", async () => {
  const pattern = await find(await accept());
  if (!pattern) throw new Error("the message is not stored");
  const { messages } = system;
  await pMap(
    Array.from({ length: 600 }),
    async () => {
      const messageId = newId("message", system.now() - 1_000);
      const place = { ...offlineMessages.inQueueUntil(system.now() - 14 * dayMs), messageId };
      await items.put(messages, {
        ...pattern,
        ...messageKey(owner.sessionId, messageId),
        ...place,
      });
    },
    { concurrency: 16 },
  );
  await system.takeCommands();
  const waiting = async () => {
    const all = items.query<MessageItem>(messages, {
      KeyConditionExpression: "pk = :pk",
      FilterExpression: "attribute_exists(parkedIn)",
      ExpressionAttributeValues: { ":pk": owner.sessionId },
    });
    return (await Array.fromAsync(all)).length;
  };
  await keepMessages(messages, () => true);
  expect(await waiting()).toBe(500);
  const { body } = await system.call("sendMessage", {
    token: tenant.token,
    params: { sessionId: owner.sessionId },
    body: { to: "14155550123", ...text, sendAt: new Date(system.now() + 1_000).toISOString() },
  });
  system.advance(1_000);
  await wake();
  expect(await system.takeCommands()).toMatchObject([{ messageId: body.id }]);
  expect(await waiting()).toBe(600);
});

test("the wait costs two write units: a place in the index of what is due, and leaving it", async () => {
  const units = async (run: () => Promise<unknown>) => {
    system.dynamodb.meter.reset();
    await run();
    return system.dynamodb.meter.read()["dynamodb.write-units"] ?? 0;
  };
  let seq = 1;
  const tell = (draft: EventDraft) =>
    dispatchEvents(system, owner, makeEvent(owner, `2.${(seq += 1)}`, draft));
  const costs = async () => {
    let id = "";
    const accepting = await units(async () => (id = await accept()));
    return [accepting, await units(() => tell(messageStatusDraft(id, "sent")))];
  };
  // Of the first one the chat is noted.
  await costs();
  const [accepted = 0, sent = 0] = await costs();
  await tell(statusDraft("active"));
  expect(await costs()).toEqual([accepted - 1, sent - 1]);
});
