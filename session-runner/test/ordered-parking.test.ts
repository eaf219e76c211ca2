import type { MessageItem } from "#shared/items/message-item.ts";
import { expect, test } from "vitest";
import type { MessageStore } from "../session/message-store.ts";
import { orderedParking } from "../session/ordered-parking.ts";

const session = "ses_1";

/** A store whose index shows nothing yet of what was written, and whose shard may go. */
function scene() {
  const shown = [item("msg_1"), item("msg_2")];
  const written: MessageItem[] = [...shown];
  const place = { isOurs: true };
  const clock = { now: 1_000_000 };
  const store = {
    async park(_session: string, { messageId }: { messageId: string }) {
      written.push(item(messageId));
    },
    async *listParked() {
      yield* shown;
    },
    async *listParkedFrom(_session: string, from: string) {
      yield* written.filter(({ messageId }) => messageId >= from).toSorted(byId);
    },
  } as unknown as MessageStore;
  const parking = orderedParking(
    store,
    async () => place.isOurs,
    () => clock.now,
  );
  return {
    place,
    clock,
    written,
    park: (messageId: string) => parking.park(session, { messageId, to: "somebody" }),
    listed: async () => {
      const found = await Array.fromAsync(parking.listParked(session));
      return found.map(({ messageId }) => messageId);
    },
  };
}

const item = (messageId: string) => ({ messageId }) as unknown as MessageItem;
const byId = (a: MessageItem, b: MessageItem) => (a.messageId < b.messageId ? -1 : 1);

test("what was stored a moment ago is listed although the index does not show it yet, in order", async () => {
  const { park, listed, clock } = scene();
  await park("msg_4");
  await park("msg_3");
  expect(await listed()).toEqual(["msg_1", "msg_2", "msg_3", "msg_4"]);
  clock.now += 150_000;
  expect(await listed()).toEqual(["msg_1", "msg_2"]);
});

test("nothing more is stored for a shard that has gone, until it is back", async () => {
  const { park, place, written } = scene();
  place.isOurs = false;
  await expect(park("msg_3")).rejects.toThrow("gone to another worker");
  await expect(park("msg_4")).rejects.toThrow("gone to another worker");
  expect(written.map(({ messageId }) => messageId)).not.toContain("msg_4");
  place.isOurs = true;
  await park("msg_4");
  expect(written.at(-1)?.messageId).toBe("msg_4");
});
