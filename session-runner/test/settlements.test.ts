import { expect, test } from "vitest";
import { Settlements } from "../session/settlements.ts";

const sent = { status: "sent", reason: null, detail: null } as const;

function messageOf(number: number) {
  const messageId = `msg_${number}`;
  const content = { type: "text", text: { body: "Hello" } } as const;
  return { messageId, whatsappId: `3EB0${number}`, to: "49170@s.whatsapp.net", content };
}

test("the last 10,000 settled messages are remembered, and the older forgotten in their order", async () => {
  const settlements = new Settlements(async () => {});
  const settle = async (number: number) => settlements.settle(messageOf(number), sent).fate;
  const found = (number: number) => settlements.find(`msg_${number}`) !== undefined;
  for (let number = 0; number < 10_000; number += 1) await settle(number);
  expect([found(0), found(9_999)]).toEqual([true, true]);
  // Settled once more, it is as old as it was.
  await settle(0);
  for (let number = 10_000; number < 25_000; number += 1) await settle(number);
  await settlements.finished();
  expect([14_999, 15_000, 24_999].map(found)).toEqual([false, true, true]);
});

test("what is being settled is known before it is stored, and forgotten when that fails", async () => {
  const stored = Promise.withResolvers<void>();
  const settlements = new Settlements(() => stored.promise);
  const { fate } = settlements.settle(messageOf(1), sent);
  expect(settlements.find("msg_1")).toBeDefined();
  stored.reject(new Error("the session ended"));
  await expect(fate).rejects.toThrow("the session ended");
  await expect.poll(() => settlements.find("msg_1")).toBeUndefined();
});
