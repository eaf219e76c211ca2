import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { dispatchEvents, makeEvent, statusDraft } from "./events.ts";
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

async function open(credential: string, subscribes = true): Promise<string> {
  const connectionId = randomUUID();
  const headers = { Authorization: `Bearer ${credential}` };
  await system.socket(socketEvent("$connect", connectionId, { headers }), context);
  if (subscribes) await send(connectionId);
  return connectionId;
}

function send(connectionId: string) {
  const body = JSON.stringify({ action: "subscribe" });
  return system.socket(socketEvent("subscribe", connectionId, { body }), context);
}

async function createKey(more: object = {}) {
  const body = { name: "x", scopes: ["messages:read"], ...more };
  return (await system.call("createKey", { token: tenant.token, body })).body;
}

const isClosed = (connectionId: string) => system.pushes.isClosed(connectionId);
/** How many events it was sent. */
const told = (connectionId: string) =>
  system.pushes.to(connectionId).filter(({ type }) => String(type).startsWith("session.")).length;
let seq = 1;
const publish = () =>
  dispatchEvents(system, owner, makeEvent(owner, `1.${(seq += 1)}`, statusDraft("active")));

test("revoking a key closes its WebSockets at once, and no others", async () => {
  const [revoked, other] = [await createKey(), await createKey()];
  const sockets = [await open(revoked.key), await open(revoked.key, false)];
  const stays = [await open(other.key), await open(tenant.token)];
  const params = { keyId: revoked.id };
  await system.call("deleteKey", { token: tenant.token, params });
  expect(sockets.map(isClosed)).toEqual([true, true]);
  expect(stays.map(isClosed)).toEqual([false, false]);
  const before = sockets.map(told);
  await publish();
  expect(sockets.map(told)).toEqual(before);
});

test("signing out closes the WebSockets of that sign-in", async () => {
  const second = await system.signInAs(tenant);
  const [here, there] = [await open(tenant.token), await open(second)];
  await system.call("logout", { token: tenant.token });
  expect([isClosed(here), isClosed(there)]).toEqual([true, false]);
});

test("removing a user closes their WebSockets", async () => {
  const member = await system.createUser(tenant.accountId, "member");
  const socket = await open(member.token);
  const params = { userId: member.userId };
  await system.call("removeUser", { token: tenant.token, params });
  expect(isClosed(socket)).toBe(true);
});

test("rotating a key keeps its WebSockets open, unless nothing of the former is to live on", async () => {
  const key = await createKey();
  const socket = await open(key.key);
  const params = { keyId: key.id };
  await system.call("rotateKey", { token: tenant.token, params, body: {} });
  expect(isClosed(socket)).toBe(false);
  const body = { overlapSeconds: 0 };
  await system.call("rotateKey", { token: tenant.token, params, body });
  expect(isClosed(socket)).toBe(true);
});

test("a key that expires is told nothing more from half a minute after that, and its socket is closed", async () => {
  const expiresAt = new Date(system.now() + 600_000).toISOString();
  const socket = await open((await createKey({ expiresAt })).key);
  await publish();
  system.advance(631_000);
  const before = told(socket);
  await publish();
  expect([told(socket), isClosed(socket)]).toEqual([before, true]);
});

test("what revoking could not close, since it crashed, the next event closes", async () => {
  const key = await createKey();
  const socket = await open(key.key);
  const match = `sub#${tenant.accountId}`;
  const stop = system.dynamodb.faults.add({ kind: "refuse", operation: "Query", match });
  const params = { keyId: key.id };
  const failed = await system.call("deleteKey", { token: tenant.token, params });
  stop();
  expect(failed.status).toBe(503);
  expect((await system.call("listSessions", { apiKey: key.key })).status).toBe(401);
  const before = told(socket);
  await publish();
  expect([told(socket), isClosed(socket)]).toEqual([before, true]);
  expect((await system.call("deleteKey", { token: tenant.token, params })).status).toBe(204);
});

test("a ticket of a credential that has ended opens nothing", async () => {
  const { ticket } = (await system.call("createTicket", { token: tenant.token })).body;
  await system.call("logout", { token: tenant.token });
  const event = socketEvent("$connect", randomUUID(), { query: { ticket } });
  expect((await system.socket(event, context)).statusCode).toBe(401);
});

test("looking at followers' credentials costs one read a credential and half minute", async () => {
  await open(tenant.token);
  await open(tenant.token);
  const reads = () => system.dynamodb.meter.read()["dynamodb.GetItem"] ?? 0;
  await publish();
  const before = reads();
  for (let i = 0; i < 10; i += 1) await publish();
  expect(reads()).toBe(before);
});
