import { newId } from "#shared/ids.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createSessionIn, dispatchEvents, makeEvent, receivedDraft } from "./events.ts";
import { messageStatusDraft } from "./events.ts";
import type { Owner } from "./events.ts";
import { startSystem } from "./start-system.ts";
import type { System } from "./start-system.ts";

let system: System;
let owner: Owner;
let token: string;

const ada = "14155550123";
const adaLid = "471100@lid";
const other = "14155550999";
const group = "120363000000000000@g.us";
const person = { id: adaLid, phone: `+${ada}`, lid: adaLid };

beforeAll(async () => {
  system = await startSystem();
  const tenant = await system.createTenant();
  token = tenant.token;
  owner = await createSessionIn(system, tenant);
});
afterAll(() => system[Symbol.asyncDispose]());

let seq = 1;

async function receive(body: string, chat: { id: string; phone: string | null }): Promise<string> {
  const messageId = newId("message", system.now());
  const draft = receivedDraft(messageId, body) as { data: object };
  const data = { ...draft.data, chat: { lid: null, ...chat }, from: person };
  const event = { type: "message.received", data } as ReturnType<typeof receivedDraft>;
  await dispatchEvents(system, owner, makeEvent(owner, `2.${(seq += 1)}`, event));
  return messageId;
}

const params = () => ({ sessionId: owner.sessionId });
const send = (body: object) => system.call("sendMessage", { token, params: params(), body });
const text = { type: "text", text: { body: "hello" } };

test("who is reacted to may be named by LID although the message went to their phone, and the other way round", async () => {
  await receive("hello", person);
  const numbers = [
    [ada, adaLid],
    [adaLid, ada],
  ] as const;
  for (const [sentTo, named] of numbers) {
    const { id } = (await send({ to: sentTo, ...text })).body;
    const sent = makeEvent(owner, `2.${(seq += 1)}`, messageStatusDraft(id, "sent"));
    await dispatchEvents(system, owner, sent);
    const reaction = { messageId: id, emoji: "👍" };
    expect((await send({ to: named, type: "reaction", reaction })).status).toBe(202);
    const refused = await send({ to: other, type: "reaction", reaction });
    expect(refused.problem.code).toBe("message_unchangeable");
    const batch = { message: { type: "reaction", reaction }, recipients: [{ to: other }] };
    const all = await system.call("createBatch", { token, params: params(), body: batch });
    expect(all.problem.code).toBe("message_unchangeable");
  }
});

test("what was said in one chat is not quoted in another, alone or in a batch", async () => {
  const said = await receive("for you only", person);
  expect((await send({ to: ada, ...text, replyTo: said })).status).toBe(202);
  for (const to of [other, group]) {
    const { status, problem } = await send({ to, ...text, replyTo: said });
    expect([status, problem.code, problem.fields?.[0]?.path]).toEqual([
      400,
      "validation_failed",
      "replyTo",
    ]);
  }
  const recipients = [{ to: ada }, { to: other }];
  const batch = { message: { ...text, replyTo: said }, recipients };
  const refused = await system.call("createBatch", { token, params: params(), body: batch });
  expect(refused.problem.code).toBe("validation_failed");
});

test("what a member wrote in a group may be answered to them alone", async () => {
  const replyTo = await receive("who knows?", { id: group, phone: null });
  for (const to of [ada, adaLid, group]) {
    const { id: messageId } = (await send({ to, ...text, replyTo })).body;
    const route = { token, params: { ...params(), messageId } };
    const { content } = (await system.call("getMessage", route)).body;
    const chat = to === group ? undefined : group;
    expect(content.replyTo).toMatchObject({ messageId: replyTo, sender: adaLid });
    expect(content.replyTo?.chat).toBe(chat);
  }
  const refused = await send({ to: other, ...text, replyTo });
  expect(refused.problem.code).toBe("validation_failed");
});
