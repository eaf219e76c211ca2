import { afterAll, beforeAll, expect, test } from "vitest";
import * as items from "#functions/store/items.ts";
import { newId } from "#shared/ids.ts";
import { messageKey } from "#shared/items/message-item.ts";
import type { MessageItem } from "#shared/items/message-item.ts";
import { createTestWake } from "./create-test-wake.ts";
import { createSessionIn, dispatchEvents, makeEvent, receivedDraft } from "./events.ts";
import type { Owner } from "./events.ts";
import { startSystem } from "./start-system.ts";
import type { System } from "./start-system.ts";

let system: System;
let owner: Owner;
let token: string;
/** Ids by what was said, the oldest first. */
const ids: Record<string, string> = {};
let middle: string;

const ada = "14155550123";
const other = "14155550999";
const group = "120363000000000000@g.us";

beforeAll(async () => {
  system = await startSystem();
  const tenant = await system.createTenant();
  token = tenant.token;
  owner = await createSessionIn(system, tenant);
  await send("one", ada);
  await receive("two", {});
  await send("three", other);
  middle = new Date(system.now()).toISOString();
  // The same person, whom WhatsApp names by the other address this time.
  await receive("four", { chat: { id: "471100@lid", phone: `+${ada}`, lid: "471100@lid" } });
  await receive("five", { chat: { id: group, phone: null, lid: null } });
  await send("six", ada);
});
afterAll(() => system[Symbol.asyncDispose]());

async function send(body: string, to: string): Promise<void> {
  system.advance(5);
  const message = { to, type: "text", text: { body } };
  const params = { sessionId: owner.sessionId };
  ids[body] = (await system.call("sendMessage", { token, params, body: message })).body.id;
}

let seq = 1;

async function receive(body: string, more: object): Promise<void> {
  system.advance(5);
  const messageId = newId("message", system.now());
  const draft = receivedDraft(messageId, body);
  const event = { ...draft, data: { ...draft.data, ...more } } as typeof draft;
  await dispatchEvents(system, owner, makeEvent(owner, `2.${(seq += 1)}`, event));
  ids[body] = messageId;
}

async function list(query: Record<string, string>): Promise<string[]> {
  const params = { sessionId: owner.sessionId };
  const said: string[] = [];
  for (let cursor: string | null = ""; cursor !== null;) {
    const page: { data: { id: string }[]; nextCursor: string | null } = (
      await system.call("listMessages", {
        token,
        params,
        query: { limit: "2", ...query, ...(cursor && { cursor }) },
      })
    ).body;
    const names = page.data.map(({ id }) => Object.keys(ids).find((name) => ids[name] === id));
    said.push(...names.map(String));
    cursor = page.nextCursor;
  }
  return said;
}

test("messages are found by chat, whichever address WhatsApp used, page by page", async () => {
  expect(await list({})).toEqual(["six", "five", "four", "three", "two", "one"]);
  const ofAda = ["six", "four", "two", "one"];
  expect(await list({ chat: `+${ada}` })).toEqual(ofAda);
  expect(await list({ chat: `${ada}@c.us`, limit: "1" })).toEqual(ofAda);
  expect(await list({ chat: group })).toEqual(["five"]);
  await send("seven", "471100@lid");
  for (const chat of [ada, "471100@lid"]) {
    expect(await list({ chat, limit: "2" })).toEqual(["seven", ...ofAda]);
  }
  await system.call("eraseMessages", {
    token,
    params: { sessionId: owner.sessionId },
    body: { messageId: ids["seven"] },
  });
});

test("messages of one of WhatsApp's seconds are listed as they came and were accepted, on pages of any size", async () => {
  const tenant = await system.createTenant();
  const inbox = await createSessionIn(system, tenant);
  const params = { sessionId: inbox.sessionId };
  const named = new Map<string, string>();
  const expected: string[] = [];
  const begin = Math.ceil(system.now() / 1_000) * 1_000;
  for (let n = 0; n < 24; n += 1) {
    // Three of WhatsApp's seconds; every fourth message is one of ours.
    system.advance(begin + n * 125 - system.now());
    const name = `message ${n}`;
    expected.unshift(name);
    if (n % 4 === 3) {
      const body = { to: ada, type: "text", text: { body: name } };
      const sent = await system.call("sendMessage", { token: tenant.token, params, body });
      named.set(sent.body.id, name);
      continue;
    }
    const second = Math.floor(system.now() / 1_000) * 1_000;
    const messageId = newId("message", second);
    named.set(messageId, name);
    const at = new Date(system.now()).toISOString();
    const event = makeEvent(inbox, `2.${n + 1}`, receivedDraft(messageId, name));
    await dispatchEvents(system, inbox, { ...event, at });
  }
  for (const query of [{}, { chat: `+${ada}` }]) {
    for (const limit of ["1", "3", "100"]) {
      const listed: (string | undefined)[] = [];
      for (let cursor: string | null = ""; cursor !== null;) {
        const page: { data: { id: string }[]; nextCursor: string | null } = (
          await system.call("listMessages", {
            token: tenant.token,
            params,
            query: { ...query, limit, ...(cursor && { cursor }) },
          })
        ).body;
        listed.push(...page.data.map(({ id }) => named.get(id)));
        cursor = page.nextCursor;
      }
      expect(listed).toEqual(expected);
    }
  }
});

test("they are found by time, by status and by direction, and by all of them together", async () => {
  expect(await list({ from: middle })).toEqual(["six", "five", "four"]);
  expect(await list({ to: middle })).toEqual(["three", "two", "one"]);
  expect(await list({ direction: "inbound" })).toEqual(["five", "four", "two"]);
  expect(await list({ status: "queued" })).toEqual(["six", "three", "one"]);
  const together = { chat: ada, from: middle, direction: "inbound", status: "delivered" };
  expect(await list(together)).toEqual(["four"]);
});

test("a session's messages are kept for as long as it says, both ways", async () => {
  const params = { sessionId: owner.sessionId };
  const settings = { retentionDays: 2 };
  await system.call("updateSession", { token, params, body: { settings } });
  system.advance(61_000);
  await send("short-lived", other);
  await receive("short-lived, too", {});
  for (const said of ["short-lived", "short-lived, too"]) {
    const key = messageKey(owner.sessionId, ids[said] ?? "");
    const item = await items.find<MessageItem>(system.messages, key);
    const days = ((item?.expiresAt ?? 0) * 1_000 - system.now()) / 86_400_000;
    expect(Math.round(days * 10) / 10, said).toBe(2);
    await system.call("eraseMessages", { token, params, body: { messageId: ids[said] } });
  }
});

test("a message is erased, then a chat, then all that a person said anywhere", async () => {
  const params = { sessionId: owner.sessionId };
  const erase = async (body: object) =>
    (await system.call("eraseMessages", { token, params, body })).body;
  expect(await erase({ messageId: ids["one"] })).toEqual({ erased: 1, more: false });
  expect(await erase({ chat: other })).toEqual({ erased: 1, more: false });
  expect(await list({})).toEqual(["six", "five", "four", "two"]);
  expect(await erase({ contact: ada })).toEqual({ erased: 3, more: false });
  // Nothing leads to what the person said elsewhere: the clock goes through everything.
  expect(await list({})).toEqual(["five"]);
  await createTestWake(system)("messages");
  expect(await list({})).toEqual([]);
  const known = await system.call("listContacts", { token, params });
  expect(known.body.data.map(({ contact }) => contact.phone)).not.toContain(`+${ada}`);
  const both = await system.call("eraseMessages", {
    token,
    params,
    body: { chat: other, contact: ada },
  });
  expect(both.status).toBe(400);
});
