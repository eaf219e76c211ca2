import { expect, test } from "vitest";
import { wantedKey } from "#shared/items/fleet-item.ts";
import type { FleetStore } from "../fleet/fleet-store.ts";
import { ShardOwner } from "../fleet/shard-owner.ts";
import type { SessionDeps } from "../session/deps.ts";

const nothing = () => undefined;
const ids = { sessionId: "ses_1", accountId: "acc_1", connectId: "evt_1" };

/** An owner of a shard whose sessions never get to load, or fail at it. */
function createOwner(store: Partial<FleetStore>, more: object = {}): ShardOwner {
  const deps = {
    loads: { enter: () => new Promise(nothing) },
    messages: {},
    ...more,
    log: { debug: nothing, info: nothing, warn: nothing, error: nothing },
    now: Date.now,
    random: Math.random,
  } as unknown as SessionDeps;
  return new ShardOwner(0, store as FleetStore, deps, async () => false);
}

test("a shard that is lost while its sessions are looked up begins none of them", async () => {
  const looked = Promise.withResolvers<void>();
  const wanted = { ...wantedKey(0, ids.sessionId), ...ids };
  const owner = createOwner({ listWanted: () => looked.promise.then(() => [wanted]) });
  const starting = owner.start();
  await owner.lose();
  looked.resolve();
  await starting;
  expect(owner.sessions).toBe(0);
});

test("a connect that is looked up while its shard is lost goes back, and begins nothing", async () => {
  const looked = Promise.withResolvers<void>();
  const owner = createOwner({
    listWanted: async () => [],
    isWanted: () => looked.promise.then(() => true),
  });
  await owner.start();
  const fate = owner.handle({ ...ids, requestId: "test", type: "session.connect.v1" }, 1);
  for (let turn = 0; turn < 3; turn += 1) await new Promise(setImmediate);
  await owner.lose();
  looked.resolve();
  expect(await fate).toBe("return");
  expect(owner.sessions).toBe(0);
});

test("a message for a session that failed and is begun again is not stored meanwhile: its former owner may not know yet", async () => {
  const parked: string[] = [];
  const wanted = { ...wantedKey(0, ids.sessionId), ...ids };
  const owner = createOwner(
    { listWanted: async () => [wanted] },
    {
      loads: { enter: () => Promise.reject(new Error("throttled")) },
      messages: { park: async () => void parked.push("parked") },
    },
  );
  await owner.start();
  await expect.poll(() => owner.sessions).toBe(0);
  const { sessionId, accountId } = ids;
  const content = { type: "text" as const, text: { body: "hello" } };
  const message = { messageId: "msg_1", whatsappId: "3EB0", to: "somebody", content };
  const base = { sessionId, accountId, requestId: "test", type: "message.send.v1" as const };
  const fate = owner.handle({ ...base, ...message, acceptedAt: 0 }, 1);
  for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
  await owner.lose();
  expect(await fate).toBe("return");
  expect(parked).toEqual([]);
});
