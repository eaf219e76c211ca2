import { fanOut } from "#functions/batches/fan-out.ts";
import type { Contact } from "#shared/address.ts";
import type { EventDraft, EventOf } from "#shared/contracts/event.ts";
import { newId } from "#shared/ids.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { allItems } from "./all-items.ts";
import { createTestWake } from "./create-test-wake.ts";
import {
  createSessionIn,
  dispatchEvents,
  makeEvent,
  messageStatusDraft,
  receivedDraft,
} from "./events.ts";
import { startSystem } from "./start-system.ts";
import type { System } from "./start-system.ts";

let system: System;

beforeAll(async () => (system = await startSystem()));
afterAll(() => system[Symbol.asyncDispose]());

test("of an erased person nothing is left: not in groups, in others' messages, in events, in batches", async () => {
  const tenant = await system.createTenant();
  const owner = await createSessionIn(system, tenant);
  const { token } = tenant;
  const params = { sessionId: owner.sessionId };
  const [digits, lidDigits] = ["4915112345678", "998877665544"];
  const lid = `${lidDigits}@lid`;
  const person = { id: `${digits}@s.whatsapp.net`, phone: `+${digits}`, lid };
  const friend = { id: "14155550999@s.whatsapp.net", phone: "+14155550999", lid: null };
  const groupId = "120363000000000001@g.us";
  const group = { id: groupId, phone: null, lid: null };
  const at = new Date().toISOString();
  let seq = 1;
  const tell = (...drafts: EventDraft[]) =>
    dispatchEvents(system, owner, ...drafts.map((one) => makeEvent(owner, `1.${(seq += 1)}`, one)));
  type Received = EventOf<"message.received">["data"];
  const received = (from: Contact, chat: Contact, body: string, context: object = {}) => {
    const draft = receivedDraft(newId("message"), body);
    const data = { ...(draft.data as Received), from, chat, pushName: `name of ${from.id}` };
    const content = { ...data.content, ...context };
    return { type: "message.received" as const, data: { ...data, content } };
  };
  type StatusData = EventOf<"message.status">["data"];
  const status = (messageId: string, to: string, more: Partial<StatusData>) => {
    const draft = messageStatusDraft(messageId, "sent");
    return {
      type: "message.status" as const,
      data: { ...(draft.data as StatusData), to, ...more },
    };
  };
  const text = (body: string) => ({ type: "text", text: { body } });
  const send = async (to: string, body: string) =>
    (await system.call("sendMessage", { token, params, body: { to, ...text(body) } })).body;

  const direct = await send(person.id, "hush for the person");
  const toGroup = await send(groupId, "for all of the group");
  const message = { type: "text", text: { body: "Dear {{name}}" } };
  const recipients = [
    { to: person.phone, variables: { name: "Hermione" } },
    { to: friend.phone, variables: { name: "Ron" } },
  ];
  const batch = await system.call("createBatch", { token, params, body: { message, recipients } });
  const theirs = received(person, group, "hush in the group");
  const quoteOfIt = { messageId: theirs.data.messageId, whatsappId: "3A", sender: lid };
  const replyTo = { ...quoteOfIt, type: "text", text: "hush in the group" };
  const to = { messageId: toGroup.id, whatsappId: toGroup.whatsappId, chat: group, fromMe: false };
  await tell(
    received(person, person, "hush to us"),
    theirs,
    received(friend, group, "I agree", { replyTo, mentions: [lid, friend.id] }),
    status(direct.id, person.id, { status: "delivered" }),
    status(toGroup.id, groupId, { recipients: 2 }),
    status(toGroup.id, groupId, { status: "read", recipient: person }),
    status(toGroup.id, groupId, { status: "read", recipient: friend }),
    { type: "message.reaction", data: { ...to, from: person, emoji: "🎩", reactedAt: at } },
    { type: "message.reaction", data: { ...to, from: friend, emoji: "🧦", reactedAt: at } },
    { type: "poll.vote", data: { ...to, from: person, options: ["hush vote"], votedAt: at } },
    {
      type: "presence.update",
      data: { chat: group, contact: person, state: "composing", lastSeenAt: at },
    },
    { type: "contact.update", data: { contact: person, name: "Hermione" } },
    {
      type: "call.received",
      data: { callId: "C1", from: person, group: null, video: true, calledAt: at },
    },
    {
      type: "group.update",
      data: {
        group: groupId,
        action: "participants_added",
        by: person,
        participants: [person, friend],
        value: null,
        changedAt: at,
      },
    },
  );
  const events = async () =>
    (await system.call("listEvents", { token, params, query: { limit: "500" } })).body.data;
  const before = (await events()).length;

  // Under the one address that the caller knows; the others are found.
  const erased = await system.call("eraseMessages", { token, params, body: { contact: lid } });
  expect(erased.body.more).toBe(false);
  await createTestWake(system)("messages");
  const left = await allItems(system.messages);
  for (const trace of [digits, lidDigits, "Hermione", "hush", "🎩"]) {
    expect(left).not.toContain(trace);
  }
  // What is others' stays.
  for (const kept of ["for all of the group", "I agree", "🧦", "Ron"]) expect(left).toContain(kept);
  expect(await events()).toHaveLength(before);
  const members = { token, params: { ...params, messageId: toGroup.id } };
  expect((await system.call("listRecipients", members)).body.data).toMatchObject([
    { recipient: friend, status: "read" },
  ]);

  // The batch's other messages are made under the ids that they would have had.
  const { control, messages, commands, log } = system;
  const batchId = { batchId: batch.body.id };
  const work = { type: "batch.fan-out.v1" as const, accountId: tenant.accountId, ...batchId };
  await fanOut({ control, messages, commands, log }, work);
  const progress = (await system.call("getBatch", { token, params: batchId })).body;
  expect(progress).toMatchObject({ total: 2, queued: 2, counts: { queued: 1, removed: 1 } });
});
