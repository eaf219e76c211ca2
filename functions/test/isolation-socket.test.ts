// The WebSocket's part of the isolation matrix: who may come in, and what they are told.
import { randomUUID } from "node:crypto";
import { newId } from "#shared/ids.ts";
import { scopes } from "#shared/routes/define-route.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { allItems } from "./all-items.ts";
import { badCredentials, foreignCredentials, makeCredentials } from "./credentials.ts";
import type { Credential } from "./credentials.ts";
import { createSessionIn, dispatchEvents, makeEvent, receivedDraft } from "./events.ts";
import type { Owner } from "./events.ts";
import { socketEvent } from "./socket-event.ts";
import { context, startSystem } from "./start-system.ts";
import type { System } from "./start-system.ts";

let system: System;
let credentials: Awaited<ReturnType<typeof makeCredentials>>;
let session: Owner;

beforeAll(async () => {
  system = await startSystem();
  credentials = await makeCredentials(system);
  session = await createSessionIn(system, credentials.owner);
});
afterAll(() => system[Symbol.asyncDispose]());

async function connect({ token, apiKey }: Credential) {
  const connectionId = randomUUID();
  const headers = {
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(apiKey !== undefined && { "x-api-key": apiKey }),
  };
  const event = socketEvent("$connect", connectionId, { headers });
  const { statusCode } = await system.socket(event, context);
  return { connectionId, statusCode };
}

/** Leaves again: an account's connections are limited. */
async function mayConnect(credential: Credential): Promise<number> {
  const { connectionId, statusCode } = await connect(credential);
  await system.socket(socketEvent("$disconnect", connectionId, {}), context);
  return statusCode;
}

async function subscribe(connectionId: string, request: object = {}) {
  const body = JSON.stringify({ action: "subscribe", ...request });
  await system.socket(socketEvent("subscribe", connectionId, { body }), context);
}

test.for(badCredentials)("with %s nobody comes in, and nothing is kept of it", async (kind) => {
  const before = await allItems(system.control);
  const { connectionId, statusCode } = await connect(credentials.bad[kind]);
  expect(statusCode).toBe(401);
  await subscribe(connectionId, { sessions: [session.sessionId] });
  expect(system.pushes.to(connectionId)).toMatchObject([{ type: "socket.refused" }]);
  expect(await allItems(system.control)).toBe(before);
});

test.for(foreignCredentials)(
  "with %s a session cannot be followed: not by its id, not by following everything",
  async (kind) => {
    const { connectionId, statusCode } = await connect(credentials.foreign[kind]);
    expect(statusCode).toBe(200);
    const before = await allItems(system.control);
    await subscribe(connectionId, { sessions: [session.sessionId] });
    expect(await allItems(system.control)).toBe(before);
    await subscribe(connectionId);
    const received = makeEvent(session, "1.2", receivedDraft(newId("message"), "for the owner"));
    await dispatchEvents(system, session, received);
    expect(system.pushes.to(connectionId)).toMatchObject([
      { type: "socket.refused", problem: { code: "not_found" } },
      { type: "socket.subscribed" },
    ]);
  },
);

test("events ask for messages:read on every way: by header, by ticket, by reading the log", async () => {
  const { token } = credentials.owner;
  const params = { sessionId: session.sessionId };
  for (const scope of scopes) {
    const key = credentials.allBut[scope] ?? {};
    const status = scope === "messages:read" ? 403 : 200;
    expect(await mayConnect(key), scope).toBe(status);
    expect((await system.call("listEvents", { ...key, params })).status, scope).toBe(status);
    const ticket = await system.call("createTicket", key);
    expect(ticket.status, scope).toBe(status === 200 ? 201 : status);
  }
  const only = await credentials.keyOf(token, ["messages:read"]);
  expect(await mayConnect({ apiKey: only.apiKey })).toBe(200);
});
