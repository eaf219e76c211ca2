// Owners of one journal, one after another and at once, and what is left when it is erased.
import { expect, test, vi } from "vitest";
import { eraseJournal } from "../journal/erase-journal.ts";
import { FencedError } from "../journal/errors.ts";
import { openJournal } from "../journal/open-journal.ts";
import { writeSnapshot } from "../journal/snapshots.ts";
import { startJournalStores } from "./start-journal-stores.ts";

const session = "ses_01JD3W8Z5N6Q7R8S9T0V1W2X3Y";

const key = (id: string, value: string | null) => ({ keys: { session: { [id]: value } } });

test("a new owner's claim refuses the former owner's next append, and tells it", async () => {
  await using rig = await startJournalStores();
  const { journal: former } = await openJournal(rig.stores, session);
  const fenced = vi.fn<() => void>();
  former.onFenced(fenced);
  const { journal: owner } = await openJournal(rig.stores, session);

  former.stage(key("a", "of the former"));
  await expect(former.whenSettled()).rejects.toThrow(FencedError);
  expect(fenced).toHaveBeenCalledOnce();
  expect(former.settled).toBe(false);
  owner.stage(key("a", "of the owner"));
  await owner.whenSettled();

  const { journal } = await openJournal(rig.stores, session);
  expect(journal.fold.keys.get("session")?.get("a")).toBe("of the owner");
});

test("an owner that looks learns that it is one no more, without writing", async () => {
  await using rig = await startJournalStores();
  const { journal: former } = await openJournal(rig.stores, session);
  await former.confirm();
  await openJournal(rig.stores, session);
  await expect(former.confirm()).rejects.toThrow(FencedError);
  expect(former.failed).toBe(true);
});

test("many owners at once all get an epoch of their own, and one is the last", async () => {
  await using rig = await startJournalStores();
  const opened = await Promise.all([1, 2, 3, 4].map(() => openJournal(rig.stores, session)));
  const epochs = opened.map(({ journal }) => journal.position.epoch).sort((a, b) => a - b);
  expect(epochs).toEqual([1, 2, 3, 4]);
});

test("an owner that froze while it tidied up leaves its successor's snapshot alone", async () => {
  await using rig = await startJournalStores();
  const first = await openJournal(rig.stores, session);
  first.journal.stage(key("a", "1"));
  const thawed = Promise.withResolvers<void>();
  const { snapshots } = rig.stores;
  const frozen = {
    ...rig.stores,
    snapshots: {
      ...snapshots,
      async removeOlder(sessionId: string, seq: number) {
        await thawed.promise;
        await snapshots.removeOlder(sessionId, seq);
      },
    },
  };
  const late = writeSnapshot(frozen, session, first.journal, first.key, false);
  await expect.poll(async () => (await rig.stores.heads.find(session))?.snapshotSeq).toBe(2);
  const second = await openJournal(rig.stores, session);
  await writeSnapshot(rig.stores, session, second.journal, second.key, true);
  thawed.resolve();
  await late;
  const { journal } = await openJournal(rig.stores, session);
  expect(journal.fold.keys.get("session")?.get("a")).toBe("1");
});

test("an owner that slept through a takeover and an erasure is refused all the same", async () => {
  await using rig = await startJournalStores();
  const sleeper = await openJournal(rig.stores, session);
  const next = await openJournal(rig.stores, session);
  const database = { dynamodb: rig.database, table: "journal" };
  await eraseJournal(rig.stores, database, session, next.journal);
  sleeper.journal.stage(key("a", "1"));
  await expect(sleeper.journal.whenSettled()).rejects.toThrow(FencedError);
});

test("a claim in the midst of an erasure goes on under the new key", async () => {
  await using rig = await startJournalStores();
  const { journal } = await openJournal(rig.stores, session);
  const head = await rig.stores.heads.find(session);
  const { heads } = rig.stores;
  const stores = { ...rig.stores, heads: { ...heads, find: () => Promise.resolve(head) } };
  const replacing = vi.spyOn(heads, "replace").mockResolvedValue(false);
  await eraseJournal(
    { ...rig.stores, entries: { ...rig.stores.entries, readAfter: () => Promise.resolve([]) } },
    { dynamodb: rig.database, table: "journal" },
    session,
    journal,
  );
  const midst = await openJournal(stores, session);
  expect(midst.key.wrapped).toEqual(Buffer.from(replacing.mock.calls[0]?.[1].wrappedKey ?? []));
  midst.journal.stage(key("b", "2"));
  await midst.journal.flush();
  const { journal: last } = await openJournal(rig.stores, session);
  expect(last.fold.keys.get("session")?.get("b")).toBe("2");
});

test("an erased journal holds nothing, not even under the old key, and can be used again", async () => {
  await using rig = await startJournalStores();
  const { journal, key: oldKey } = await openJournal(rig.stores, session);
  journal.stage({ ...key("a", "1"), creds: "secret" });
  await journal.flush();
  const database = { dynamodb: rig.database, table: "journal" };
  await eraseJournal(rig.stores, database, session, journal);
  const rows = await rig.stores.entries.readAfter(session, 0);
  expect(rows.every(({ data }) => data.length === 0)).toBe(true);

  const again = await openJournal(rig.stores, session);
  expect(again.journal.fold.creds).toBeUndefined();
  expect(again.journal.fold.keys.size).toBe(0);
  expect(Buffer.compare(again.key.wrapped, oldKey.wrapped)).not.toBe(0);
});
