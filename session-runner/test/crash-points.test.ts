import { once } from "node:events";
import { expect, test } from "vitest";
import { newId } from "#shared/ids.ts";
import { startRig } from "./start-rig.ts";
import type { Rig } from "./start-rig.ts";

const killAt = new URL("./kill-at.ts", import.meta.url).pathname;

/** A replacement must not have to wait for the dead worker's heartbeat: that has its own test. */
const sameWorker = "worker-1";

const outbound = [
  ["after encrypting and before the append", "append.before"],
  ["after the append and before the wire", "append.after"],
  ["after the wire and before the ack", "message.on-wire"],
] as const;

const inbound = [
  ["after decrypting and before the append", "append.before"],
  ["after the append and before the receipt", "append.after"],
  ["before an event reaches the queue", "event.publish.before"],
] as const;

test.for(outbound)(
  "a runner killed %s delivers each accepted message exactly once, and the next",
  async ([, point]) => {
    await using rig = await startRig();
    const first = await rig.startRunner(sameWorker);
    const { session } = await rig.pairedSession();
    const contact = await rig.simulator.createPhone();
    const { messageId } = await session.say(contact.number, "before");
    await session.waitForMessage(messageId, "delivered");
    const gone = once(first, "exit");
    first.kill("SIGTERM");
    await gone;

    const doomed = await rig.startRunner(sameWorker, {
      nodeArgs: ["--import", killAt],
      env: { KILL_AT: point, KILL_WHEN: "outbound" },
    });
    const died = once(doomed, "exit");
    const accepted = await session.say(contact.number, "during");
    expect((await died)[1]).toBe("SIGKILL");

    await rig.startRunner(sameWorker);
    await session.waitForMessage(accepted.messageId, "delivered");
    const next = await session.say(contact.number, "after");
    await session.waitForMessage(next.messageId, "delivered");

    expect(contact.received().map(({ text }) => text)).toEqual(["before", "during", "after"]);
    expect(contact.undecryptable()).toEqual([]);
  },
);

test.for(inbound)(
  "a runner killed %s makes exactly one event of each message received",
  async ([, point]) => {
    await using rig = await startRig();
    const first = await rig.startRunner(sameWorker);
    const { session, phone } = await rig.pairedSession();
    const contact = await rig.simulator.createPhone();
    await contact.say(phone.number, "before");
    await session.waitForReceived("before");
    const gone = once(first, "exit");
    first.kill("SIGTERM");
    await gone;

    const doomed = await rig.startRunner(sameWorker, {
      nodeArgs: ["--import", killAt],
      env: { KILL_AT: point, KILL_WHEN: point.startsWith("event") ? "received" : "inbound" },
    });
    const died = once(doomed, "exit");
    await contact.say(phone.number, "during");
    expect((await died)[1]).toBe("SIGKILL");

    await rig.startRunner(sameWorker);
    await session.waitForReceived("during");
    await contact.say(phone.number, "after");
    await session.waitForReceived("after");

    const texts = session
      .events()
      .flatMap((event) => (event.type === "message.received" ? [event.data.content] : []))
      .map((content) => (content.type === "text" ? content.text.body : content.type));
    expect(texts).toEqual(["before", "during", "after"]);
    expect(contact.undecryptable()).toEqual([]);
  },
);

/** A runner that is killed when a message of its session has left, and what was said of that one. */
async function killedOnTheWire(rig: Rig, limit: { expiresInMs?: number; batchId?: string } = {}) {
  const doomed = await rig.startRunner(sameWorker, {
    nodeArgs: ["--import", killAt],
    env: { KILL_AT: "message.on-wire", KILL_WHEN: "outbound" },
  });
  const { session } = await rig.pairedSession();
  const contact = await rig.simulator.createPhone();
  const { expiresInMs, batchId } = limit;
  if (batchId !== undefined) await session.putBatch(batchId, "running");
  const died = once(doomed, "exit");
  const expiresAt = expiresInMs === undefined ? undefined : Date.now() + expiresInMs;
  const left = await session.say(contact.number, "left", {
    ...(batchId !== undefined && { batchId }),
    ...(expiresAt !== undefined && { expiresAt }),
  });
  await died;
  const said = () =>
    session
      .events()
      .flatMap((event) => (event.type === "message.status" ? [event.data] : []))
      .filter(({ messageId }) => messageId === left.messageId)
      .map(({ status }) => status);
  return { session, contact, left, said, expiresAt };
}

test("what a killed runner had on the wire is not called cancelled, although its batch is by then; what it had not is", async () => {
  await using rig = await startRig();
  const batchId = newId("batch");
  const { session, contact, left, said } = await killedOnTheWire(rig, { batchId });
  await session.putBatch(batchId, "cancelled");
  const stayed = await session.say(contact.number, "stayed", { batchId });
  await rig.startRunner(sameWorker);

  await session.waitForMessage(stayed.messageId, "failed");
  await session.waitForMessage(left.messageId, "delivered");
  expect(said()).toContain("unknown");
  expect(said()).not.toContain("failed");
  expect(contact.received().map(({ text }) => text)).toEqual(["left"]);
});

test("what a killed runner had on the wire is not called failed, although it has expired by then", async () => {
  await using rig = await startRig();
  const { session, contact, left, said, expiresAt } = await killedOnTheWire(rig, {
    expiresInMs: 15_000,
  });
  await expect.poll(() => Date.now(), { timeout: 20_000 }).toBeGreaterThan(expiresAt ?? Infinity);
  await rig.startRunner(sameWorker);

  await session.waitForMessage(left.messageId, "unknown");
  await session.waitForMessage(left.messageId, "delivered");
  expect(said()).not.toContain("failed");
  expect(contact.received().map(({ text }) => text)).toEqual(["left"]);
});

test("nor when its session is disconnected before anybody has its command again", async () => {
  await using rig = await startRig();
  const { session, left, said } = await killedOnTheWire(rig);
  await session.disconnect();
  await rig.startRunner(sameWorker);

  await session.waitForReason("disconnected_by_user");
  expect(said().filter((status) => status === "unknown")).toHaveLength(1);
  expect(said()).not.toContain("failed");
  await session.waitForMessage(left.messageId, "unknown");
});
