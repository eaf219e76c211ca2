import { expect, test } from "vitest";
import type { Journal } from "../journal/journal.ts";
import { gateWire } from "../whatsapp/wire-gate.ts";

function rig() {
  const sent: string[] = [];
  const wire = {
    send(data: Uint8Array, done?: (error?: Error) => void) {
      sent.push(Buffer.from(data).toString());
      done?.();
    },
  };
  const pending: PromiseWithResolvers<void>[] = [];
  const taken = Promise.withResolvers<void>();
  const journal = {
    settled: true,
    failed: false,
    stagedWeight: 1_000_000,
    whenTaken: () => taken.promise,
    whenSettled() {
      if (journal.settled) return Promise.resolve();
      const next = Promise.withResolvers<void>();
      pending.push(next);
      return next.promise;
    },
  };
  const gate = gateWire(wire, journal as unknown as Journal);
  const send = (text: string) =>
    new Promise<Error | undefined>((resolve) => wire.send(Buffer.from(text), resolve));
  return { sent, journal, pending, taken, send, gate };
}

test("with a settled journal a frame leaves at once", async () => {
  const { sent, send } = rig();
  await send("a");
  expect(sent).toEqual(["a"]);
});

test("a frame waits for what was staged before it, and later frames wait behind it", async () => {
  const { sent, journal, pending, send } = rig();
  journal.settled = false;
  const first = send("a");
  journal.settled = true;
  const second = send("b");
  await Promise.resolve();
  expect(sent).toEqual([]);
  pending[0]?.resolve();
  await Promise.all([first, second]);
  expect(sent).toEqual(["a", "b"]);
});

test("once the journal has refused a step, no frame leaves any more", async () => {
  const { sent, journal, pending, send } = rig();
  journal.settled = false;
  const first = send("a");
  journal.failed = true;
  const second = send("b");
  pending.forEach(({ reject }) => reject(new Error("fenced")));
  expect(await first).toBeInstanceOf(Error);
  expect(await second).toBeInstanceOf(Error);
  expect(sent).toEqual([]);
});

test("while little is staged nobody waits for a held frame to leave", async () => {
  const { sent, journal, pending, send, gate } = rig();
  journal.settled = false;
  journal.stagedWeight = 10;
  expect(await send("a")).toBeUndefined();
  expect(await send("b")).toBeUndefined();
  expect(sent).toEqual([]);
  pending.forEach(({ resolve }) => resolve());
  expect(await gate.passed(0)).toBe("left");
  expect(sent).toEqual(["a", "b"]);
});

test("once much is staged, whoever sends waits until the append's request has left, not until it has ended", async () => {
  const { sent, journal, pending, taken, send } = rig();
  journal.settled = false;
  let told = false;
  const first = send("a").then(() => (told = true));
  await new Promise((resolve) => setImmediate(resolve));
  expect(told).toBe(false);
  taken.resolve();
  // The request is made in as many steps as these.
  for (let step = 0; step < 100; step += 1) await Promise.resolve();
  expect(told).toBe(false);
  await first;
  expect(sent).toEqual([]);
  pending[0]?.resolve();
  await expect.poll(() => sent).toEqual(["a"]);
});

test("who asks hears that a held frame will never leave, and whether one before it has", async () => {
  const { sent, journal, pending, send, gate } = rig();
  await send("a");
  journal.settled = false;
  journal.stagedWeight = 10;
  await send("b");
  const since = gate.count();
  await send("c");
  pending[0]?.resolve();
  journal.failed = true;
  pending[1]?.reject(new Error("fenced"));
  expect(await gate.passed(0)).toBe("mixed");
  expect(await gate.passed(since)).toBe("refused");
  expect(sent).toEqual(["a"]);
});

test("a frame that left has left, although a later one will not", async () => {
  const { sent, journal, pending, send, gate } = rig();
  journal.settled = false;
  journal.stagedWeight = 10;
  await send("a");
  const left = gate.passed(0);
  pending[0]?.resolve();
  expect(await left).toBe("left");
  await send("b");
  journal.failed = true;
  pending[1]?.reject(new Error("fenced"));
  expect(await gate.passed(0)).toBe("mixed");
  expect(sent).toEqual(["a"]);
});
