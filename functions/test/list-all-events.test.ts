import { newId } from "#shared/ids.ts";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createSessionIn, dispatchEvents, makeEvent, receivedDraft, recordOf } from "./events.ts";
import type { Owner } from "./events.ts";
import { context, startSystem } from "./start-system.ts";
import type { System } from "./start-system.ts";

let system: System;
let tenant: Awaited<ReturnType<System["createTenant"]>>;
let first: Owner;
let second: Owner;

beforeAll(async () => (system = await startSystem()));
afterAll(() => system[Symbol.asyncDispose]());
beforeEach(async () => {
  tenant = await system.createTenant();
  first = await createSessionIn(system, tenant, "active", "First");
  second = await createSessionIn(system, tenant, "active", "Second");
});

const say = (from: Owner, cursor: string) =>
  dispatchEvents(system, from, makeEvent(from, cursor, receivedDraft(newId("message"), cursor)));

const list = (query: Record<string, string>, token = tenant.token) =>
  system.call("listAllEvents", { token, query });

const namesOf = (data: { sessionId: string | null; cursor: string }[]) =>
  data.map(({ sessionId, cursor }) => `${sessionId === first.sessionId ? "a" : "b"} ${cursor}`);

test("an account's events are read page by page, each once, in each session's order", async () => {
  for (const cursor of ["1.2", "1.3", "1.10"]) {
    await say(first, cursor);
    await say(second, cursor);
  }
  const seen: string[] = [];
  let after = "";
  for (let data: unknown[] = [0]; data.length > 0;) {
    const { body } = await list({ limit: "3", ...(after && { after }) });
    seen.push(...namesOf(body.data));
    after = body.nextCursor;
    data = body.data;
  }
  const cursors = ["1.1", "1.2", "1.3", "1.10"];
  expect(seen.filter((name) => name.startsWith("a"))).toEqual(cursors.map((text) => `a ${text}`));
  expect(seen.filter((name) => name.startsWith("b"))).toEqual(cursors.map((text) => `b ${text}`));
  expect(seen).toHaveLength(8);
});

test("who waits is answered as soon as something happens, and with nothing when it does not", async () => {
  const { nextCursor: after } = (await list({ after: "now" })).body;
  const before = system.now();
  expect((await list({ after, wait: "5" })).body).toEqual({ data: [], nextCursor: after });
  expect(system.now() - before).toBeGreaterThanOrEqual(4_000);
  system.whileWaiting(() => say(second, "1.2"));
  const { data } = (await list({ after, wait: "20" })).body;
  expect(namesOf(data)).toEqual(["b 1.2"]);
});

test("one session's events can be asked for, and nobody else's", async () => {
  const { data } = (await list({ sessionId: first.sessionId })).body;
  expect(namesOf(data)).toEqual(["a 1.1"]);
  const other = await system.createTenant();
  expect((await list({ sessionId: first.sessionId }, other.token)).status).toBe(404);
  const { nextCursor } = (await list({ after: "now" })).body;
  await say(first, "1.2");
  expect((await list({ after: nextCursor }, other.token)).body.data).toEqual([]);
});

test("a cursor older than what is kept is told so, with one to go on from", async () => {
  const { nextCursor: after } = (await list({ after: "now" })).body;
  await say(first, "1.2");
  system.advance(8 * 24 * 3_600_000);
  await say(first, "1.3");
  const token = await system.signInAs(tenant);
  const { status, problem } = await list({ after }, token);
  expect([status, problem.code]).toEqual([410, "cursor_expired"]);
  expect(problem).toMatchObject({
    recovered: false,
    lost: [
      { source: first.sessionId, oldest: "1.3" },
      // Nothing was ever in the account's log, but who was away for so long cannot be told so.
      { source: tenant.accountId, oldest: null },
    ],
  });
  const { data } = (await list({ after: String(problem["resumeAfter"]) }, token)).body;
  expect(namesOf(data)).toEqual(["a 1.3"]);
  const one = await system.call("listEvents", {
    token,
    params: { sessionId: first.sessionId },
    query: { after: "1.1" },
  });
  expect([one.status, one.problem["recovered"]]).toEqual([410, false]);
});

test("a notice of the account is among its events", async () => {
  const { accountId } = tenant;
  const { nextCursor: after } = (await list({ after: "now" })).body;
  const event = {
    id: newId("event"),
    type: "webhook.disabled",
    cursor: `${Math.floor(system.now() / 1000) + 1}.1`,
    sessionId: null,
    accountId,
    at: new Date(system.now()).toISOString(),
    data: { webhookId: newId("webhook"), url: "https://x.test/", reason: "gone", detail: "gone" },
  };
  const body = JSON.stringify({ type: "account.notice.v1", event });
  await system.dispatch({ Records: [recordOf(body, accountId)] }, context);
  expect((await list({ after })).body.data).toEqual([event]);
});

test("what is no cursor is refused", async () => {
  expect((await list({ after: "1.1" })).status).toBe(400);
});
