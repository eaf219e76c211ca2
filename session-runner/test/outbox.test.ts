import { expect, test, vi } from "vitest";
import type { Engine } from "../whatsapp/engine.ts";
import { closedEngine, createOutbox, message } from "./calm-outbox.ts";

test("a session that ends the moment it is ready holds no message back", async () => {
  const outbox = createOutbox();
  const waiting = outbox.send(message("first"));
  const ended = outbox.end("return");
  outbox.open(closedEngine);
  expect(await waiting).toBe("return");
  expect(await outbox.sendNew(message("second"))).toBe("return");
  await ended;
});

test("a message is not stored as waiting before the fate of the one before it is", async () => {
  const steps: string[] = [];
  const refused = Promise.withResolvers<void>();
  const stored = Promise.withResolvers<void>();
  const outbox = createOutbox({
    judge: async ({ messageId }) => {
      if (messageId === "first") return { go: true };
      refused.resolve();
      return { go: false, until: "new chats" };
    },
    settle: async ({ messageId }) => {
      await stored.promise;
      steps.push(`${messageId} is settled`);
    },
    park: async ({ messageId }) => void steps.push(`${messageId} is stored`),
  });
  const engine = {
    send: async () => ({ result: "refused", reason: "reach_out_locked", detail: "" }),
  } as unknown as Engine;
  await outbox.takeWaiting();
  outbox.open(engine);
  const fates = [outbox.sendNew(message("first")), outbox.sendNew(message("second"))];
  await refused.promise;
  await new Promise((resolve) => setImmediate(resolve));
  expect(steps).toEqual([]);
  stored.resolve();
  expect(await Promise.all(fates)).toEqual(["done", "parked"]);
  expect(steps).toEqual(["first is settled", "second is stored"]);
});

test("what former owners have left is asked for once, and again only when it could not be read", async () => {
  let asked = 0;
  const outbox = createOutbox({
    async *list() {
      asked += 1;
      if (asked === 1) throw new Error("throttled");
      yield* [];
    },
  });
  await expect(outbox.takeWaiting()).rejects.toThrow("throttled");
  for (let time = 0; time < 3; time += 1) {
    await outbox.takeWaiting();
    outbox.open(closedEngine);
    outbox.pause();
  }
  expect(asked).toBe(2);
  await outbox.end("park");
});

test("a try that was not answered and one that was refused make no failure: the first may have arrived", async () => {
  const told: (string | null)[] = [];
  const outbox = createOutbox({
    settle: async (_, { status, reason }) => void told.push(status, reason),
  });
  const answers = ["unanswered", "refused"];
  const engine = {
    send: async () => ({ result: answers.shift(), reason: "rate_limited_by_whatsapp", detail: "" }),
  } as unknown as Engine;
  outbox.open(engine);
  expect(await outbox.send(message("first"))).toBe("done");
  expect(told).toEqual(["unknown", "not_acknowledged"]);
});

test("what comes again from the queue is not sent when its fate is told, nor told another one when the session ends", async () => {
  const outbox = createOutbox({ isQueued: async () => false });
  await outbox.takeWaiting();
  const early = outbox.sendNew({ ...message("first"), isAgain: true });
  outbox.open(closedEngine);
  expect(await early).toBe("done");
  outbox.pause();
  const late = outbox.sendNew({ ...message("second"), isAgain: true });
  await outbox.end("fail");
  expect(await late).toBe("done");
});

test.for(["judge", "isQueued"] as const)(
  "a store that does not answer (%s) lets no later message of the chat go first",
  async (asked) => {
    const sent: string[] = [];
    const troubles: unknown[] = [];
    let tries = 0;
    const fails = async () => {
      tries += 1;
      if (tries === 1) throw new Error("throttled");
    };
    const outbox = createOutbox({
      judge: async () => {
        if (asked === "judge") await fails();
        return { go: true };
      },
      isQueued: async () => {
        if (asked === "isQueued") await fails();
        return true;
      },
      settle: async ({ messageId }) => void sent.push(messageId),
      onTrouble: (error) => troubles.push(error),
    });
    const engine = { send: async () => ({ result: "acknowledged" }) } as unknown as Engine;
    outbox.open(engine);
    const messages = ["first", "second"].map((id) => ({ ...message(id), isAgain: true }));
    const fates = messages.map((one) => outbox.send(one));
    await expect.poll(() => troubles).toEqual([new Error("throttled")]);
    outbox.lookAgain();
    expect(await Promise.all(fates)).toEqual(["done", "done"]);
    expect(sent).toEqual(["first", "second"]);
  },
);

test("what has expired by the time that its pace lets it go does not leave", async () => {
  const clock = { now: 1_000 };
  const told: (string | null)[] = [];
  const outbox = createOutbox({
    now: () => clock.now,
    settle: async ({ messageId }, { reason }) => void told.push(messageId, reason),
  });
  const sent: string[] = [];
  const engine = {
    async send({ whatsappId }: { whatsappId: string }) {
      sent.push(whatsappId);
      return { result: "acknowledged" };
    },
  } as unknown as Engine;
  outbox.pacer.pacing = { perMinute: 600, burst: 1, jitter: 0 };
  outbox.open(engine);
  // The turn of one before it.
  outbox.pacer.reserve();
  const fate = outbox.send({ ...message("late"), expiresAt: 1_050 });
  await new Promise((resolve) => setImmediate(resolve));
  clock.now = 1_100;
  expect(await fate).toBe("done");
  expect(sent).toEqual([]);
  expect(told).toEqual(["late", "expired"]);
});

test("a message that cannot be stored as waiting keeps its place before those behind it", async () => {
  const parked: string[] = [];
  const troubles: unknown[] = [];
  const outbox = createOutbox({
    async park({ messageId }) {
      if (troubles.length === 0) throw new Error("throttled");
      parked.push(messageId);
    },
    onTrouble: (error) => troubles.push(error),
  });
  await outbox.takeWaiting();
  outbox.open(closedEngine);
  outbox.pause();
  const often = outbox.sendNew(message("first"), true);
  await expect.poll(() => troubles).toHaveLength(1);
  const next = outbox.sendNew(message("second"));
  expect(await Promise.all([often, next])).toEqual(["parked", "parked"]);
  expect(parked).toEqual(["first", "second"]);
  await outbox.end("park");
});

test("what the index did not show when the session began is found a little later", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    const waiting = [{ ...message("late"), isParked: true }];
    let looks = 0;
    const sent: string[] = [];
    const outbox = createOutbox({
      async *list() {
        looks += 1;
        if (looks > 1) yield* waiting;
      },
      settle: async ({ messageId }) => void sent.push(messageId),
    });
    const engine = { send: async () => ({ result: "acknowledged" }) } as unknown as Engine;
    await outbox.takeWaiting();
    outbox.open(engine);
    await vi.advanceTimersByTimeAsync(40_000);
    expect(sent).toEqual(["late"]);
    await outbox.end("park");
  } finally {
    vi.useRealTimers();
  }
});
