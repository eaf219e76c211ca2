import { randomUUID } from "node:crypto";
import * as eventLog from "#functions/store/event-log.ts";
import type { SocketNotice } from "#shared/contracts/socket.ts";
import { newId } from "#shared/ids.ts";
import { queues } from "#shared/resources/queues.ts";
import { expect, test } from "vitest";
import { createSessionIn, dispatchEvents, makeEvent, receivedDraft, recordOf } from "./events.ts";
import { qrDraft, statusDraft, toRecord } from "./events.ts";
import type { Owner } from "./events.ts";
import { socketEvent } from "./socket-event.ts";
import { context } from "./start-system.ts";
import type { System } from "./start-system.ts";
import { createStreamReader } from "./stream-reader.ts";
import type { Reading } from "./stream-reader.ts";
import { withSession } from "./with-session.ts";
import type { Tenant } from "./with-tenant.ts";

let system: System;
let tenant: Tenant;
let owner: Owner;
withSession((scene) => ({ system, tenant, owner } = scene));

const say = (from: Owner, cursor: string) =>
  dispatchEvents(
    system,
    from,
    makeEvent(from, cursor, receivedDraft(newId("message"), `text ${cursor}`)),
  );

async function connect(token = tenant.token): Promise<string> {
  const connectionId = randomUUID();
  const headers = { Authorization: `Bearer ${token}` };
  await system.socket(socketEvent("$connect", connectionId, { headers }), context);
  return connectionId;
}

function send(connectionId: string, request: Record<string, unknown>) {
  const body = JSON.stringify(request);
  return system.socket(socketEvent("$default", connectionId, { body }), context);
}

async function subscribe(request: Record<string, unknown>, token?: string): Promise<string> {
  const connectionId = await connect(token);
  await send(connectionId, { action: "subscribe", ...request });
  return connectionId;
}

const framesTo = (connectionId: string) =>
  system.pushes.to(connectionId) as unknown as SocketNotice[];
const typesTo = (connectionId: string) => framesTo(connectionId).map(({ type }) => type);

/** One connection of a client that follows the rules, until everything that came is dealt with. */
async function read(reading: Reading, during: () => Promise<unknown>) {
  const sent = { ...reading.positions };
  const isFirst = Object.keys(sent).length === 0;
  const from = isFirst ? "now" : "start";
  const connectionId = await subscribe({ after: sent, from });
  const reader = createStreamReader(reading, sent, from === "start");
  let next = 0;
  const drain = async () => {
    for (let frame = framesTo(connectionId)[next]; frame; frame = framesTo(connectionId)[next]) {
      next += 1;
      const after = reader(frame);
      if (after) await send(connectionId, { action: "resume", after });
    }
  };
  await drain();
  await during();
  await drain();
  system.pushes.hangUp(connectionId);
}

test("a client that comes back gets what it has missed, in order, and then what happens", async () => {
  const reading: Reading = { positions: {}, events: [] };
  await read(reading, () => say(owner, "1.2"));
  await say(owner, "1.3");
  await say(owner, "2.1");
  const second = await createSessionIn(system, tenant, "active", "Second");
  await read(reading, () => say(owner, "2.2"));
  const cursors = (of: Owner) =>
    reading.events.filter((event) => event.sessionId === of.sessionId).map(({ cursor }) => cursor);
  expect(cursors(owner)).toEqual(["1.2", "1.3", "2.1", "2.2"]);
  expect(cursors(second)).toEqual(["1.1"]);
});

test("nothing is lost or doubled that happens while a replay is under way", async () => {
  const reading: Reading = { positions: {}, events: [] };
  await read(reading, () => say(owner, "1.2"));
  const steps = ["subscribed", "state", "resumed", "caught_up"].map((name) => `socket.${name}`);
  for (let seq = 3; seq < 40; seq += 3) {
    await say(owner, `1.${seq}`);
    const type = steps[seq % steps.length] ?? "";
    system.pushes.meanwhile(type, () => say(owner, `1.${seq + 1}`));
    await read(reading, () => say(owner, `1.${seq + 2}`));
  }
  const cursors = reading.events.map(({ cursor }) => cursor);
  expect(cursors).toEqual(Array.from({ length: 40 }, (_, index) => `1.${index + 2}`));
});

test("a long replay goes on when the client asks for more", async () => {
  const all = Array.from({ length: 1_100 }, (_, index) =>
    makeEvent(owner, `1.${index + 2}`, receivedDraft(newId("message"), "x")),
  );
  for (let start = 0; start < all.length; start += 100) {
    const events = all.slice(start, start + 100);
    await eventLog.append(system.messages, { type: "events.append.v1", ...owner, events }, 1e9);
  }
  const { sessionId } = owner;
  const connectionId = await subscribe({ sessions: [sessionId], after: { [sessionId]: "1.1" } });
  expect(framesTo(connectionId).at(-1)).toEqual({
    type: "socket.more",
    source: sessionId,
    cursor: "1.1001",
  });
  await send(connectionId, { action: "resume", after: { [sessionId]: "1.1001" } });
  const cursor = "1.1101";
  expect(framesTo(connectionId).at(-1)).toEqual({
    type: "socket.caught_up",
    source: sessionId,
    cursor,
  });
  const frames = framesTo(connectionId).flatMap((frame) =>
    frame.type === "socket.events" ? frame.events : [],
  );
  expect(frames).toEqual(all);
});

test("who comes back after more than the log keeps is told so, and gets what is kept", async () => {
  const { sessionId } = owner;
  await say(owner, "1.2");
  system.advance(8 * 24 * 3_600_000);
  await say(owner, "1.3");
  await say(owner, "1.4");
  const { token } = await renewed();
  const verdict = async (after: string) => {
    const id = await subscribe({ sessions: [sessionId], after: { [sessionId]: after } }, token);
    return framesTo(id).find(({ type }) => type === "socket.resumed");
  };
  const source = sessionId;
  const lost = { type: "socket.resumed", source, recovered: false, oldest: "1.3" };
  expect(await verdict("1.1")).toEqual(lost);
  expect(await verdict("1.2")).toEqual({ ...lost, recovered: true });
  expect(await verdict("1.3")).toEqual({ ...lost, recovered: true });
});

/** Sign-ins do not last as long as this test's clock goes ahead. */
const renewed = async () => ({ token: await system.signInAs(tenant) });

test("a heartbeat says how far each source has come", async () => {
  const { accountId } = tenant;
  const connectionId = await subscribe({ after: {}, types: ["session.status"] });
  await say(owner, "1.2");
  await say(owner, "1.3");
  await send(connectionId, { action: "heartbeat", request: "beat" });
  expect(typesTo(connectionId)).toEqual(["socket.subscribed", "socket.state", "socket.heartbeat"]);
  expect(framesTo(connectionId).at(-1)).toMatchObject({
    request: "beat",
    cursors: { [owner.sessionId]: "1.3", [accountId]: expect.any(String) },
  });
});

test("the present status and code come at once, apart from the stream", async () => {
  const qr = makeEvent(owner, "1.3", qrDraft(system.now() + 60_000));
  const status = makeEvent(owner, "1.2", statusDraft("qr_ready"));
  await dispatchEvents(system, owner, status, qr);
  const { sessionId } = owner;
  const connectionId = await subscribe({ sessions: [sessionId], after: {} });
  expect(framesTo(connectionId)).toEqual([
    { type: "socket.subscribed", sessions: [sessionId], cursors: { [sessionId]: "1.3" } },
    { type: "socket.state", sessionId, events: [status, qr] },
  ]);
});

test("a notice of the account reaches who follows everything, and who asks for it", async () => {
  const { accountId } = tenant;
  const { sessionId } = owner;
  const all = await subscribe({ after: {} });
  const one = await subscribe({ sessions: [sessionId], after: {} });
  const both = await subscribe({ sessions: [sessionId], account: true, after: {} });
  const at = new Date(system.now()).toISOString();
  const event = {
    id: newId("event"),
    type: "webhook.disabled",
    cursor: `${Math.floor(system.now() / 1000)}.1`,
    sessionId: null,
    accountId,
    at,
    data: { webhookId: newId("webhook"), url: "https://x.test/", reason: "gone", detail: "gone" },
  };
  const body = JSON.stringify({ type: "account.notice.v1", event });
  await system.dispatch({ Records: [recordOf(body, accountId)] }, context);
  const frame = { type: "socket.events", source: accountId, replay: false, events: [event] };
  expect(framesTo(all).at(-1)).toEqual(frame);
  expect(framesTo(both).at(-1)).toEqual(frame);
  expect(typesTo(one)).not.toContain("socket.events");
  await send(all, { action: "heartbeat" });
  expect(framesTo(all).at(-1)).toMatchObject({ cursors: { [accountId]: event.cursor } });
});

test("a reader too slow to be told of an event is closed, and others get theirs", async () => {
  const slow = await subscribe({ after: {} });
  const fine = await subscribe({ after: {} });
  system.pushes.fill(slow);
  await say(owner, "1.2");
  expect(framesTo(slow).at(-1)).toEqual({ type: "socket.closing", reason: "fell_behind" });
  expect(system.pushes.isClosed(slow)).toBe(true);
  expect(typesTo(fine).at(-1)).toBe("socket.events");
});

test("who followed an event that is given up is closed, and reads it in the log", async () => {
  const connectionId = await subscribe({ after: {} });
  const event = makeEvent(owner, "1.2", receivedDraft(newId("message"), "lost?"));
  const deliver = async (count: number) => {
    system.dynamodb.faults.add({ kind: "throttle", match: "m#" });
    const { batchItemFailures } = await system.dispatch(
      { Records: [toRecord(owner, [event], count)] },
      context,
    );
    system.dynamodb.faults.clear();
    expect(batchItemFailures).toHaveLength(1);
  };
  await deliver(1);
  expect(system.pushes.isClosed(connectionId)).toBe(false);
  await deliver(queues.events.maxReceiveCount);
  expect(framesTo(connectionId).at(-1)).toEqual({ type: "socket.closing", reason: "fell_behind" });
  const { sessionId } = owner;
  const again = await subscribe({ sessions: [sessionId], after: { [sessionId]: "1.1" } });
  const events = framesTo(again).flatMap((frame) =>
    frame.type === "socket.events" ? frame.events : [],
  );
  expect(events).toEqual([event]);
});

test("counts come with what happens, whatever types are asked for", async () => {
  const connectionId = await subscribe({ after: {}, types: ["session.status"], counts: true });
  const drafts = [receivedDraft(newId("message"), "a"), receivedDraft(newId("message"), "b")];
  const events = drafts.map((draft, index) => makeEvent(owner, `1.${index + 2}`, draft));
  await dispatchEvents(system, owner, ...events);
  expect(framesTo(connectionId).at(-1)).toEqual({
    type: "socket.counts",
    source: owner.sessionId,
    first: "1.2",
    cursor: "1.3",
    counts: { "inbound.text.received": 2 },
  });
});

test("an account has so many connections at a time, and no more", async () => {
  const open = async () => {
    const headers = { Authorization: `Bearer ${tenant.token}` };
    const connectionId = randomUUID();
    const event = socketEvent("$connect", connectionId, { headers });
    return { connectionId, ...(await system.socket(event, context)) };
  };
  const opened: Awaited<ReturnType<typeof open>>[] = [];
  for (let count = 0; count < 6; count += 1) opened.push(await open());
  expect(opened.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200, 200, 429]);
  await system.socket(socketEvent("$disconnect", opened[0]?.connectionId ?? ""), context);
  expect((await open()).statusCode).toBe(200);
});

test("nobody resumes what is not theirs, or what they do not follow", async () => {
  const other = await system.createTenant();
  const theirs = await createSessionIn(system, other);
  const connectionId = await subscribe({ after: {}, request: "a" });
  await send(connectionId, {
    action: "resume",
    request: "b",
    after: { [theirs.sessionId]: "0.0" },
  });
  expect(framesTo(connectionId).at(-1)).toMatchObject({
    type: "socket.refused",
    request: "b",
    problem: { code: "not_found" },
  });
  const plain = await subscribe({});
  await send(plain, { action: "heartbeat" });
  expect(framesTo(plain).at(-1)).toMatchObject({ problem: { code: "not_subscribed" } });
  const greedy = await subscribe({ after: { [theirs.sessionId]: "0.0" }, from: "start" });
  const sources = framesTo(greedy).flatMap((frame) => ("source" in frame ? [frame.source] : []));
  expect(sources).not.toContain(theirs.sessionId);
});
