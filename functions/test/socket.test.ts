import { randomUUID } from "node:crypto";
import { newId } from "#shared/ids.ts";
import { expect, test } from "vitest";
import {
  createSessionIn,
  dispatchEvents,
  makeEvent,
  messageStatusDraft,
  qrDraft,
  receivedDraft,
  statusDraft,
  toRecord,
  toReplay,
} from "./events.ts";
import type { Owner } from "./events.ts";
import { socketEvent } from "./socket-event.ts";
import { context } from "./start-system.ts";
import type { System } from "./start-system.ts";
import { withSession } from "./with-session.ts";
import type { Tenant } from "./with-tenant.ts";

let system: System;
let tenant: Tenant;
let owner: Owner;
withSession((scene) => ({ system, tenant, owner } = scene));

async function connect(query?: Record<string, string>, headers?: Record<string, string>) {
  const connectionId = randomUUID();
  const event = socketEvent("$connect", connectionId, {
    ...(query && { query }),
    ...(headers && { headers }),
  });
  const { statusCode } = await system.socket(event, context);
  return { connectionId, statusCode };
}

/** A signed-in connection that has subscribed; gives what it was sent. */
async function subscribe(token: string, request: Record<string, unknown> = {}) {
  const { connectionId } = await connect({}, { Authorization: `Bearer ${token}` });
  await send(connectionId, JSON.stringify({ action: "subscribe", ...request }));
  return connectionId;
}

function send(connectionId: string, body: string) {
  return system.socket(socketEvent("$default", connectionId, { body }), context);
}

const typesTo = (connectionId: string) =>
  system.pushes.to(connectionId).map((pushed) => pushed["type"]);

test("a ticket opens one connection, once, within a minute", async () => {
  const ticket = async () =>
    (await system.call("createTicket", { token: tenant.token })).body.ticket;
  const once = await ticket();
  const answers = await Promise.all([connect({ ticket: once }), connect({ ticket: once })]);
  expect(new Set(answers.map((answer) => answer.statusCode))).toEqual(new Set([200, 401]));
  const late = await ticket();
  system.advance(61_000);
  expect((await connect({ ticket: late })).statusCode).toBe(401);
  expect((await connect()).statusCode).toBe(401);
});

test("a subscriber is told the latest status at once, then every event of the session", async () => {
  const qr = makeEvent(owner, "1.3", qrDraft(system.now() + 60_000));
  const status = makeEvent(owner, "1.2", statusDraft("qr_ready"));
  await dispatchEvents(system, owner, status, qr);
  const connectionId = await subscribe(tenant.token, { sessions: [owner.sessionId] });
  const notice = { type: "socket.subscribed", sessions: [owner.sessionId] };
  expect(system.pushes.to(connectionId)).toEqual([notice, status, qr]);

  const linked = makeEvent(owner, "1.4", statusDraft("active"));
  const received = makeEvent(owner, "1.5", receivedDraft(newId("message"), "hello"));
  await dispatchEvents(system, owner, linked, received);
  expect(system.pushes.to(connectionId).slice(3)).toEqual([linked, received]);
});

test("what is published twice is pushed once; what is delivered again is pushed again", async () => {
  const connectionId = await subscribe(tenant.token);
  const received = makeEvent(owner, "1.2", receivedDraft(newId("message"), "hello"));
  await dispatchEvents(system, owner, received);
  await dispatchEvents(system, owner, received);
  const newer = makeEvent(owner, "1.3", receivedDraft(newId("message"), "again"));
  await system.dispatch({ Records: [toReplay(owner, [received, newer])] }, context);
  const cursors = () =>
    system.pushes
      .to(connectionId)
      .slice(2)
      .map((event) => event["cursor"]);
  expect(cursors()).toEqual(["1.2", "1.3"]);
  await system.dispatch({ Records: [toRecord(owner, [newer], 2)] }, context);
  expect(cursors()).toEqual(["1.2", "1.3", "1.3"]);
});

test("nobody follows another tenant's session", async () => {
  const other = await system.createTenant();
  const refused = await subscribe(other.token, { sessions: [owner.sessionId] });
  expect(system.pushes.to(refused)).toMatchObject([
    { type: "socket.refused", problem: { code: "not_found" } },
  ]);
  const everything = await subscribe(other.token);
  await dispatchEvents(system, owner, makeEvent(owner, "1.2", statusDraft("error")));
  expect(typesTo(refused)).toEqual(["socket.refused"]);
  expect(typesTo(everything)).toEqual(["socket.subscribed"]);
});

test("a key that is bound to a session follows that one only", async () => {
  const second = await createSessionIn(system, tenant, "active", "Second");
  const { token } = tenant;
  const { sessionId } = owner;
  const scopes = ["messages:read"];
  const made = await system.call("createKey", { token, body: { name: "x", scopes, sessionId } });
  const connectionId = await subscribe(made.body.key);
  await dispatchEvents(system, second, makeEvent(second, "1.2", statusDraft("error")));
  await dispatchEvents(system, owner, makeEvent(owner, "1.2", statusDraft("error")));
  const sessions = system.pushes
    .to(connectionId)
    .slice(1)
    .map((event) => event["sessionId"]);
  expect(sessions).toEqual([sessionId, sessionId]);
});

test("a subscription may ask for some types of event only", async () => {
  const connectionId = await subscribe(tenant.token, { types: ["message.received"] });
  await dispatchEvents(system, owner, makeEvent(owner, "1.2", statusDraft("error")));
  const received = makeEvent(owner, "1.3", receivedDraft(newId("message"), "hello"));
  await dispatchEvents(system, owner, received);
  expect(typesTo(connectionId)).toEqual(["socket.subscribed", "message.received"]);
});

test.each([{}, { after: {} }])(
  "an event that no frame can carry comes without its data, to %j",
  async (how) => {
    const connectionId = await subscribe(tenant.token, how);
    const large = makeEvent(owner, "1.2", receivedDraft(newId("message"), "x".repeat(130_000)));
    await dispatchEvents(system, owner, large);
    const pushed = system.pushes.to(connectionId).at(-1);
    const [event] =
      pushed?.["type"] === "socket.events" ? (pushed["events"] as object[]) : [pushed];
    expect(event).toMatchObject({ id: large.id, data: null, omitted: { reason: "too_large" } });
  },
);

const refusals: [string, string, string][] = [
  ["no JSON", "{", "malformed_json"],
  ["an action that does not exist", '{"action":"publish"}', "validation_failed"],
  ["a list of nothing", '{"action":"subscribe","sessions":[]}', "validation_failed"],
];

test.for(refusals)("%s is refused over the socket, which stays open", async ([, body, code]) => {
  const { connectionId } = await connect(
    {},
    { "X-Api-Key": "", Authorization: `Bearer ${tenant.token}` },
  );
  expect((await send(connectionId, body)).statusCode).toBe(200);
  expect(system.pushes.to(connectionId)).toMatchObject([
    { type: "socket.refused", problem: { code } },
  ]);
});

test("a client that hung up is forgotten, whether it said so or not", async () => {
  const polite = await subscribe(tenant.token);
  const gone = await subscribe(tenant.token);
  await system.socket(socketEvent("$disconnect", polite), context);
  system.pushes.hangUp(gone);
  await dispatchEvents(system, owner, makeEvent(owner, "1.2", statusDraft("error")));
  await send(polite, '{"action":"subscribe"}');
  await send(gone, '{"action":"subscribe"}');
  expect(typesTo(polite)).toEqual(["socket.subscribed", "session.status", "socket.refused"]);
  expect(typesTo(gone)).toEqual(["socket.subscribed", "session.status"]);
});

test("what a replaced owner says late about its connection is not pushed, what it says about a message is", async () => {
  const connectionId = await subscribe(tenant.token);
  const present = makeEvent(owner, "3.1", statusDraft("active"));
  const late = makeEvent(owner, "2.8", statusDraft("reconnecting"));
  await dispatchEvents(system, owner, present);
  const { token } = tenant;
  const body = { to: "14155550123", type: "text", text: { body: "hello" } };
  const params = { sessionId: owner.sessionId };
  const { id } = (await system.call("sendMessage", { token, params, body })).body;
  const sent = makeEvent(owner, "2.9", messageStatusDraft(id, "sent"));
  await dispatchEvents(system, owner, late, sent);
  expect(system.pushes.to(connectionId).slice(2)).toEqual([present, sent]);
});
