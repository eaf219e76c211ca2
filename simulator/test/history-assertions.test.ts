import { expect, test } from "vitest";
import { makeOrderIndex } from "#simulator/history/order-index.ts";
import { jidOf, startTwoSides } from "./two-sides.ts";

const send = (index: ReturnType<typeof makeOrderIndex>, ...ids: string[]): void => {
  for (const id of ids) index.observeMessage("author", id, "chat");
};

test("ordinary traffic in both directions passes all assertions", async () => {
  await using sides = await startTwoSides();
  const { device, contact, own, chats, simulator } = sides;
  for (const { forDevice, forContact, name } of chats)
    for (let count = 1; count <= 5; count += 1) {
      await device.socket.sendMessage(forDevice, { text: `out ${name} ${count}` });
      await contact.say(forContact, `in ${name} ${count}`);
    }
  await device.waitForText("in group 5");
  await contact.waitForMessage({ text: "out group 5" });
  await own.waitForMessage({ text: "out group 5" });
  expect(jidOf(own)).toContain(own.number);
  simulator.history.assertNoCounterReuse();
  simulator.history.assertReceivedOnce();
  simulator.history.assertConfirmedOnce();
  simulator.history.assertOrderKept();
});

test("a device that confirms a chat's later message first has broken the order", () => {
  const index = makeOrderIndex(100);
  send(index, "1", "2", "3");
  index.observeReceipt("device", ["2"], undefined);
  index.observeReceipt("device", ["1"], "inactive");
  index.observeReceipt("device", ["3"], undefined);
  expect(index.outOfOrder()).toEqual(["1 by author to chat, on device"]);
});

test("a message that was asked for again may come late, and other chats have their own order", () => {
  const index = makeOrderIndex(100);
  send(index, "1", "2");
  index.observeMessage("author", "other", "another chat");
  index.observeReceipt("device", ["1"], "retry");
  index.observeReceipt("device", ["other"], undefined);
  index.observeReceipt("device", ["2"], undefined);
  index.observeReceipt("device", ["1"], undefined);
  expect(index.outOfOrder()).toEqual([]);
});

test("a delivery that is confirmed twice is named, reading it afterwards is not", () => {
  const index = makeOrderIndex(100);
  send(index, "1", "2");
  index.observeReceipt("device", ["1"], undefined);
  index.observeReceipt("device", ["1"], "read");
  index.observeReceipt("other device", ["1"], undefined);
  expect(index.confirmedTwice()).toEqual([]);
  index.observeReceipt("device", ["2", "1"], undefined);
  expect(index.confirmedTwice()).toEqual(["1 on device: 2 times"]);
});
