import { tallyEvents, dayMs, dayOf } from "#functions/count/tally.ts";
import type { Tally } from "#functions/count/tally.ts";
import { foldSession, readAfter } from "#functions/count/fold-session.ts";
import * as tallies from "#functions/store/tallies.ts";
import type { EventDraft, WafleetEvent } from "#shared/contracts/event.ts";
import { sortableCursor } from "#shared/cursor.ts";
import { newId } from "#shared/ids.ts";
import { expect, test } from "vitest";
import { createTestWake } from "./create-test-wake.ts";
import { createSessionIn, makeEvent, messageStatusDraft, receivedDraft } from "./events.ts";
import { statusDraft, toRecord, toReplay } from "./events.ts";
import type { Owner } from "./events.ts";
import { context } from "./start-system.ts";
import type { System } from "./start-system.ts";
import { withSession } from "./with-session.ts";
import type { Tenant } from "./with-tenant.ts";

let system: System;
let tenant: Tenant;
let owner: Owner;
withSession((scene) => ({ system, tenant, owner } = scene), "inactive");

/** An event at a time of its own. */
function eventAt(cursor: string, at: number, draft: EventDraft): WafleetEvent {
  return { ...makeEvent(owner, cursor, draft), at: new Date(at).toISOString() };
}

const drafts: (() => EventDraft)[] = [
  () => receivedDraft(newId("message"), "hello"),
  () => messageStatusDraft(newId("message"), "sent"),
  () => messageStatusDraft(newId("message"), "delivered"),
  () => messageStatusDraft(newId("message"), "failed"),
  () => statusDraft("active"),
  () => statusDraft("reconnecting"),
];

/** Some days of a session, always the same. */
function history(count: number, start: number): WafleetEvent[] {
  return Array.from({ length: count }, (_, index) => {
    const draft = drafts[(index * 7 + Math.floor(index / 5)) % drafts.length] ?? drafts[0];
    return eventAt(`1.${index + 1}`, start + index * 90_000, (draft as () => EventDraft)());
  });
}

/** The log counted from its beginning. */
async function recount(): Promise<Tally[]> {
  return tallyEvents(undefined, await readAfter(system.messages, owner, undefined));
}

async function stored(): Promise<Tally[]> {
  const found = await tallies.ofAccount(system.messages, owner.accountId, owner.sessionId);
  return found.map(({ day, counts, mediaBytes, activeMs, activeSince, upTo }) => ({
    day,
    counts,
    mediaBytes,
    activeMs,
    activeSince,
    upTo,
  }));
}

const totalOf = (all: Tally[]) =>
  all.flatMap(({ counts }) => Object.values(counts)).reduce((sum, count) => sum + count, 0);

test("what is counted equals a recount of the log, whatever the queue delivers twice", async () => {
  const events = history(2_000, system.now() - 3 * dayMs);
  for (let start = 0; start < events.length; start += 50) {
    const batch = events.slice(start, start + 50);
    const first = [toRecord(owner, batch)];
    await system.dispatch({ Records: first }, context);
    // The same delivery again, the same batch published again, and part of it by a new owner.
    if (start % 250 === 0) {
      const again = [toRecord(owner, batch, 2), toRecord(owner, batch)];
      await system.dispatch({ Records: [...again, toReplay(owner, batch.slice(3, 4))] }, context);
    }
  }
  const counted = events.filter(({ type }) => type !== "session.status").length;
  expect(totalOf(await recount())).toBe(counted);
  expect(totalOf(await stored())).toBeGreaterThan(counted * 0.95);
  const { token } = tenant;
  const stats = (await system.call("getStatistics", { token })).body;
  expect(stats.data.reduce((sum, { count }) => sum + count, 0)).toBe(counted);
  expect(stats.cursors[owner.sessionId]).toBe(events.at(-1)?.cursor);
  const { totals } = (await system.call("getUsage", { token })).body;
  const of = (status: string) =>
    events.filter(({ data }) => "status" in data && data.status === status).length;
  expect(totals.messagesSent).toBe(of("sent"));
  expect(totals.messagesReceived).toBe(
    events.filter(({ type }) => type === "message.received").length,
  );

  const today = dayOf(system.now());
  const isDue = async () => {
    const due = await Array.fromAsync(tallies.due(system.messages, today));
    return due.some(({ sessionId }) => sessionId === owner.sessionId);
  };
  expect(await isDue()).toBe(true);
  system.advance(2 * dayMs);
  await createTestWake(system)("tallies");
  expect(await stored()).toEqual(await recount());
  expect(await isDue()).toBe(false);
});

test("a dispatcher that breaks off at any of its writes leaves the count right", async () => {
  // The last batch is half of the next day, of which nothing is counted before its end.
  const midnight = Math.floor(system.now() / dayMs) * dayMs;
  const events = history(400, midnight - 385 * 90_000);
  const breaks = ["tally#", "tallydue#", "e#", "m#"].flatMap((match) => [
    { kind: "drop-answer" as const, operation: "PutItem", match },
    { kind: "refuse" as const, match },
  ]);
  const { faults } = system.dynamodb;
  for (let start = 0; start < events.length; start += 16) {
    const batch = events.slice(start, start + 16);
    const rule = breaks[(start / 16) % breaks.length];
    if (rule) faults.add({ ...rule, times: 1 });
    await system.dispatch({ Records: [toRecord(owner, batch)] }, context);
    faults.clear();
    await system.dispatch({ Records: [toRecord(owner, batch, 2)] }, context);
  }
  system.advance(2 * dayMs);
  await createTestWake(system)("tallies");
  const all = await stored();
  expect(all).toEqual(await recount());
  expect(totalOf(all)).toBe(events.filter(({ type }) => type !== "session.status").length);
});

test("active time is shared out to the days, those without any event as well", async () => {
  const start = Date.UTC(2026, 0, 10, 18);
  const events = [
    eventAt("1.1", start, statusDraft("active")),
    eventAt("1.2", start + 3 * dayMs, statusDraft("inactive")),
  ];
  await system.dispatch({ Records: [toRecord(owner, events)] }, context);
  const query = { from: "2026-01-01", to: "2026-01-31" };
  const { token } = tenant;
  const { data, totals } = (await system.call("getUsage", { token, query })).body;
  expect(data.map(({ day, activeSeconds }) => [day, activeSeconds / 3600])).toEqual([
    ["2026-01-10", 6],
    ["2026-01-11", 24],
    ["2026-01-12", 24],
    ["2026-01-13", 18],
  ]);
  expect(totals.activeSeconds).toBe(72 * 3600);
  const csv = await system.call("getUsage", { token, query: { ...query, format: "csv" } });
  expect(Buffer.from(csv.text, "base64").toString().split("\r\n").slice(0, 2)).toEqual([
    "sessionId,day,messagesSent,messagesReceived,activeSeconds,mediaBytesSent,mediaBytesReceived",
    `${owner.sessionId},2026-01-10,0,0,21600,0,0`,
  ]);
});

test("statistics come by pages of sessions, deleted ones too, and of so many days at the most", async () => {
  const { token } = tenant;
  const owners = [owner];
  for (const name of ["second", "third", "fourth"]) {
    owners.push(await createSessionIn(system, tenant, "inactive", name));
  }
  const day = (ago: number) => dayOf(system.now() - ago * dayMs);
  for (const [index, { sessionId, accountId }] of owners.entries()) {
    // So many texts each, of which half an age ago; nothing of it is left to be counted.
    const events = Array.from({ length: 2 * (index + 1) }, (_, n) => ({
      ...eventAt(
        `1.${n + 2}`,
        system.now() - (n % 2 === 0 ? 40 : 2) * dayMs,
        receivedDraft(newId("message"), "hi"),
      ),
      sessionId,
      accountId,
    }));
    const sorted = events.toSorted((a, b) => (a.at < b.at ? -1 : 1));
    const counted = sorted.map((event, n) => ({ ...event, cursor: `1.${n + 2}` }));
    await system.dispatch({ Records: [toRecord({ sessionId, accountId }, counted)] }, context);
    await foldSession(system.messages, { sessionId, accountId });
  }
  const [gone] = owners.splice(1, 1);
  const params = { sessionId: gone?.sessionId ?? "" };
  await system.call("deleteSession", { token, params });

  const ask = async (query: Record<string, string>) =>
    (await system.call("getStatistics", { token, query })).body;
  const all: string[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const page = await ask({ limit: "1", from: day(30), ...(cursor && { cursor }) });
    all.push(...page.data.map(({ sessionId, day: of, count }) => `${sessionId} ${of} ${count}`));
    cursor = page.nextCursor;
  }
  const expected = [owners[0], gone, owners[1], owners[2]].map(
    (one, index) => `${one?.sessionId} ${day(2)} ${index + 1}`,
  );
  expect(all.toSorted()).toEqual(expected.toSorted());
  expect((await ask({ from: day(30) })).data).toHaveLength(4);
  const before = await ask({ from: day(45), to: day(35) });
  expect(before.data.map(({ day: of }) => of)).toEqual(Array.from({ length: 4 }, () => day(40)));
  const one = { sessionId: owners[0]?.sessionId ?? "" };
  expect((await ask(one)).data).toMatchObject([{ ...one, count: 1 }]);

  const long = await system.call("getStatistics", { token, query: { from: day(100) } });
  expect([long.status, long.problem.fields?.[0]?.path]).toEqual([400, "from"]);
  expect((await system.call("getStatistics", { token, query: { from: day(99) } })).status).toBe(
    200,
  );
});

test("statistics of a few days read nothing of the days before, however many there are", async () => {
  const { token } = tenant;
  const { messages, dynamodb } = system;
  const { accountId, sessionId } = owner;
  const large = Object.fromEntries(
    Array.from({ length: 40 }, (_, n) => [`inbound.kind-${n}.received`, 1]),
  );
  const start = system.now() - 300 * dayMs;
  for (let n = 0; n < 299; n += 1) {
    const upTo = sortableCursor({ epoch: 1, seq: n + 1 });
    const day = dayOf(start + n * dayMs);
    const rest = { mediaBytes: { inbound: 0, outbound: 0 }, activeMs: 0, activeSince: null };
    await tallies.put(
      messages,
      { accountId, sessionId },
      { day, counts: large, upTo, ...rest },
      undefined,
    );
  }
  const query = { from: dayOf(start + 296 * dayMs) };
  dynamodb.meter.reset();
  const { data } = (await system.call("getStatistics", { token, query })).body;
  expect(data).toHaveLength(3 * 40);
  expect(dynamodb.meter.read()["dynamodb.read-units"]).toBeLessThan(12);
});

test("nobody sees what another account, or another session than the key's, has used", async () => {
  const other = await system.createTenant();
  await createSessionIn(system, other, "active", "Theirs");
  const query = { sessionId: owner.sessionId };
  expect((await system.call("getUsage", { token: other.token, query })).status).toBe(404);
  const { data } = (await system.call("getStatistics", { token: tenant.token })).body;
  expect(data.filter(({ sessionId }) => sessionId !== owner.sessionId)).toEqual([]);
});
