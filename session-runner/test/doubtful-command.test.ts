import { expect, test } from "vitest";
import { newId } from "#shared/ids.ts";
import { shardKey } from "#shared/items/fleet-item.ts";
import { startLoneWorker } from "./start-lone-worker.ts";

/** For a session that nobody wants to be connected: it is stored as waiting at once. */
function sendCommand() {
  const messageId = newId("message");
  const body = {
    type: "message.send.v1",
    sessionId: newId("session"),
    accountId: newId("account"),
    requestId: "test",
    messageId,
    whatsappId: "3EB0C0DE69798CBB00838D",
    to: "491600000001@s.whatsapp.net",
    content: { type: "text", text: { body: "hello" } },
    acceptedAt: Date.now(),
  };
  return { messageId, message: { Body: JSON.stringify(body), ReceiptHandle: messageId } };
}

test("a worker that others may think dead acts on no command before it knows that the shard is its own", async () => {
  let ahead = 0;
  const { worker, owners, parked, returned, cut, offer } = startLoneWorker(
    () => performance.now() + ahead,
  );
  const [early, kept, lost] = [sendCommand(), sendCommand(), sendCommand()];
  await worker.start();
  offer(1, early.message);
  await expect.poll(() => parked).toEqual([early.messageId]);

  cut(true);
  ahead += 10_000;
  offer(0, lost.message);
  offer(1, kept.message);
  owners.set(0, { ...shardKey(0), shard: 0, workerId: "worker-1", generation: 9 });
  for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
  expect(parked).toEqual([early.messageId]);

  cut(false);
  await expect.poll(() => parked).toEqual([early.messageId, kept.messageId]);
  await expect.poll(() => returned).toEqual([lost.messageId]);
});
