import { randomBytes } from "node:crypto";
import { DeleteCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { expect, test } from "vitest";
import { JournalUnreadableError } from "../journal/errors.ts";
import { openJournal } from "../journal/open-journal.ts";
import { writeSnapshot } from "../journal/snapshots.ts";
import { startJournalStores } from "./start-journal-stores.ts";

const session = "ses_01JD3W8Z5N6Q7R8S9T0V1W2X3Y";

const key = (id: string, value: string | null) => ({ keys: { session: { [id]: value } } });

test("what was staged is there after another owner has loaded it", async () => {
  await using rig = await startJournalStores();
  const first = await openJournal(rig.stores, session);
  first.journal.stage(key("a", "1"));
  first.journal.stage({ ...key("b", "2"), creds: "secret" });
  await first.journal.whenSettled();
  first.journal.stage(key("a", null));
  await first.journal.flush();

  const { journal } = await openJournal(rig.stores, session);
  expect(journal.fold.creds).toBe("secret");
  expect([...(journal.fold.keys.get("session") ?? [])]).toEqual([["b", "2"]]);
  expect(journal.position.epoch).toBe(2);
});

const long = (step: number) => `${"a record of which a step changes little, ".repeat(20)}${step}.`;

test("small steps of long records are small entries, and add up to the same state", async () => {
  await using rig = await startJournalStores();
  const { journal: first, key: dataKey } = await openJournal(rig.stores, session);
  first.stage(key("a", long(0)));
  await first.whenSettled();
  await writeSnapshot(rig.stores, session, first, dataKey, false);
  for (let step = 1; step <= 5; step += 1) {
    first.stage(key("a", long(step)));
    if (step % 2 === 0) first.stage(key("a", long(step + 100)));
    await first.whenSettled();
  }
  first.stage({ keys: { session: { a: null, b: long(7) } } });
  await first.whenSettled();
  expect(first.tail.bytes / first.tail.entries).toBeLessThan(130);

  const { journal } = await openJournal(rig.stores, session);
  expect([...(journal.fold.keys.get("session") ?? [])]).toEqual([["b", long(7)]]);
});

test("a snapshot that is taken while a step waits for its append leaves that step to its entry", async () => {
  await using rig = await startJournalStores();
  const { journal: first, key: dataKey } = await openJournal(rig.stores, session);
  first.stage(key("a", `${long(0)} ${long(0)}`));
  const stores = {
    ...rig.stores,
    snapshots: {
      ...rig.stores.snapshots,
      put(...taken: Parameters<typeof rig.stores.snapshots.put>) {
        first.stage(key("a", `${long(0)} ${long(2)}`));
        return rig.stores.snapshots.put(...taken);
      },
    },
  };
  first.onAppended(() => {
    first.onAppended(() => {});
    first.stage(key("a", `${long(1)} ${long(0)}`));
  });
  await writeSnapshot(stores, session, first, dataKey, false);
  await first.flush();

  const { journal } = await openJournal(rig.stores, session);
  expect(journal.fold.keys.get("session")?.get("a")).toBe(`${long(0)} ${long(2)}`);
});

test("the durable state has nothing that an append still carries", async () => {
  await using rig = await startJournalStores();
  const seen: unknown[] = [];
  const stores = {
    ...rig.stores,
    entries: {
      ...rig.stores.entries,
      async append(row: Parameters<typeof rig.stores.entries.append>[0]) {
        seen.push([row.seq, opened?.journal.durableState().keys?.["session"]]);
        return rig.stores.entries.append(row);
      },
    },
  };
  let opened: Awaited<ReturnType<typeof openJournal>> | undefined;
  opened = await openJournal(stores, session);
  const { journal } = opened;
  journal.stage(key("a", "1"));
  await journal.whenSettled();
  journal.stage({ keys: { session: { a: "2", b: "1" } } });
  await journal.whenSettled();
  expect(seen.slice(1)).toEqual([
    [2, {}],
    [3, { a: "1" }],
  ]);
  expect(journal.durableState().keys).toEqual({ session: { a: "2", b: "1" } });
});

test("what is more than an item holds is appended in parts, and nothing passes before the last one", async () => {
  await using rig = await startJournalStores();
  const durable: number[] = [];
  let opened: Awaited<ReturnType<typeof openJournal>> | undefined;
  const stores = {
    ...rig.stores,
    entries: {
      ...rig.stores.entries,
      async append(row: Parameters<typeof rig.stores.entries.append>[0]) {
        const keys = opened?.journal.durableState().keys?.["session"] ?? {};
        durable.push(Object.keys(keys).length);
        expect(opened?.journal.settled ?? false).toBe(false);
        return rig.stores.entries.append(row);
      },
    },
  };
  opened = await openJournal(stores, session);
  const { journal } = opened;
  const records = Array.from({ length: 1_000 }, (_, i) => [
    `contact ${i}`,
    randomBytes(750).toString("base64"),
  ]);
  journal.stage({
    keys: { session: Object.fromEntries(records), "pre-key": { 1: null } },
    seen: ["message"],
    creds: "secret",
  });
  await journal.whenSettled();

  const rows = await rig.stores.entries.readAfter(session, 1);
  expect(rows.length).toBeGreaterThan(3);
  expect(Math.max(...rows.map(({ data }) => data.length))).toBeLessThan(300_000);
  expect(durable[1]).toBe(0);
  expect(durable).toEqual(durable.toSorted((a, b) => a - b));
  expect(new Set(durable.slice(1)).size).toBe(rows.length);
  const { fold } = (await openJournal(rig.stores, session)).journal;
  expect([...(fold.keys.get("session") ?? [])]).toEqual(records);
  expect(fold.creds).toBe("secret");
  expect([...fold.seen.keys()]).toEqual(["message"]);
});

test("what is staged is taken when its append begins, before that is answered", async () => {
  await using rig = await startJournalStores();
  let answer = Promise.withResolvers<void>();
  answer.resolve();
  const stores = {
    ...rig.stores,
    entries: {
      ...rig.stores.entries,
      async append(row: Parameters<typeof rig.stores.entries.append>[0]) {
        await answer.promise;
        return rig.stores.entries.append(row);
      },
    },
  };
  const { journal } = await openJournal(stores, session);
  answer = Promise.withResolvers<void>();
  journal.stage(key("a", "1"));
  await journal.whenTaken();
  expect(journal.stagedWeight).toBe(0);
  expect(journal.settled).toBe(false);

  // What comes now is the next append's, which waits for that answer.
  journal.stage(key("a", "2"));
  let taken = false;
  const next = journal.whenTaken().then(() => (taken = true));
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  expect(taken).toBe(false);
  answer.resolve();
  await next;
  await journal.whenSettled();
  expect(journal.position.seq).toBe(3);
});

test("an append whose answer was lost is found again, not written twice and not taken for another's", async () => {
  await using rig = await startJournalStores();
  const { journal } = await openJournal(rig.stores, session);
  rig.dynamodb.faults.add({ kind: "drop-answer", operation: "PutItem", times: 2 });
  for (const value of ["1", "2", "3"]) {
    journal.stage(key("a", value));
    await journal.whenSettled();
  }
  expect(journal.position.seq).toBe(4);
  const rows = await rig.stores.entries.readAfter(session, 0);
  expect(rows.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
});

test("appends go on by themselves when the store throttles for a while", async () => {
  await using rig = await startJournalStores();
  const { journal } = await openJournal(rig.stores, session);
  rig.dynamodb.faults.add({ kind: "throttle", times: 5 });
  journal.stage(key("a", "1"));
  expect(journal.settled).toBe(false);
  await journal.whenSettled();
});

test("steps that belong together are one append", async () => {
  await using rig = await startJournalStores();
  const { journal } = await openJournal(rig.stores, session);
  await journal.together(async () => {
    journal.stage(key("a", "1"));
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    journal.stage({ received: [{ key: "k", digest: "d", plaintext: "p" }] });
  });
  await journal.whenSettled();
  expect(journal.position.seq).toBe(2);
});

test("a snapshot and the entries after it give the same state as all entries", async () => {
  await using rig = await startJournalStores();
  const { journal, key: dataKey } = await openJournal(rig.stores, session);
  journal.stage(key("a", "1"));
  await journal.flush();
  await writeSnapshot(rig.stores, session, journal, dataKey, false);
  journal.stage(key("b", "2"));
  await journal.flush();

  const loaded = await openJournal(rig.stores, session);
  expect([...(loaded.journal.fold.keys.get("session") ?? [])]).toEqual([
    ["a", "1"],
    ["b", "2"],
  ]);
});

test("a damaged entry stops the session; it is not taken for an empty journal", async () => {
  await using rig = await startJournalStores();
  const { journal } = await openJournal(rig.stores, session);
  journal.stage({ creds: "secret" });
  await journal.flush();
  await rig.database.send(
    new UpdateCommand({
      TableName: "journal",
      Key: { sessionId: session, seq: 2 },
      UpdateExpression: "SET #data = :data",
      ExpressionAttributeNames: { "#data": "data" },
      ExpressionAttributeValues: { ":data": Buffer.from("garbage") },
    }),
  );
  await expect(openJournal(rig.stores, session)).rejects.toThrow(JournalUnreadableError);
});

test("a missing entry and a missing snapshot are unreadable, too", async () => {
  await using rig = await startJournalStores();
  const { journal, key: dataKey } = await openJournal(rig.stores, session);
  journal.stage({ creds: "secret" });
  await journal.flush();
  await rig.database.send(
    new DeleteCommand({ TableName: "journal", Key: { sessionId: session, seq: 1 } }),
  );
  await expect(openJournal(rig.stores, session)).rejects.toThrow("entry 1 is missing");

  await writeSnapshot(rig.stores, session, journal, dataKey, true);
  await rig.stores.snapshots.removeOlder(session, 1_000_000);
  await expect(openJournal(rig.stores, session)).rejects.toThrow("snapshot 2 is missing");
});

test("a journal whose newest entries may have expired is not trusted", async () => {
  await using rig = await startJournalStores();
  await openJournal(rig.stores, session);
  rig.clock.now += 70 * 86_400_000;
  await expect(openJournal(rig.stores, session)).rejects.toThrow("may have expired");
});

test("entries tell nothing without the data key", async () => {
  await using rig = await startJournalStores();
  const { journal } = await openJournal(rig.stores, session);
  journal.stage({ creds: "a secret that must not be seen" });
  await journal.flush();
  const rows = await rig.stores.entries.readAfter(session, 0);
  expect(Buffer.concat(rows.map(({ data }) => data)).includes("secret")).toBe(false);
});
