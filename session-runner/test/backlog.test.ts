import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import { Backlog } from "../session/backlog.ts";
import { Outbox } from "../session/outbox.ts";
import type { FinalStatus, OutboxMessage } from "../session/outbox-message.ts";
import type { Engine } from "../whatsapp/engine.ts";
import { calmOutbox } from "./calm-outbox.ts";

const chats = 7;

function messages(count: number, chatsOf = chats): OutboxMessage[] {
  return Array.from({ length: count }, (_, n) => {
    const id = `msg_${String(n).padStart(5, "0")}`;
    const content = { type: "text" as const, text: { body: id } };
    return { messageId: id, whatsappId: id, to: `chat ${n % chatsOf}`, content };
  });
}

/** An outbox over a store in memory; what it does, and how much of the store it has read. */
function scene() {
  const waiting = new Map<string, OutboxMessage>();
  const sent: string[] = [];
  const ended: string[] = [];
  const trouble: string[] = [];
  const store = { failures: 0, read: 0 };
  const outbox = new Outbox({
    ...calmOutbox,
    settle: async ({ messageId }: OutboxMessage, { status, reason }: FinalStatus) => {
      waiting.delete(messageId);
      ended.push(`${messageId} ${reason ?? status}`);
    },
    park: async (message) => {
      await turn();
      waiting.set(message.messageId, message);
    },
    async *list(from = "") {
      if (store.failures > 0) {
        store.failures -= 1;
        throw new Error("throttled");
      }
      const all = [...waiting.values()].toSorted((a, b) => (a.messageId < b.messageId ? -1 : 1));
      for (const message of all.filter(({ messageId }) => messageId >= from)) {
        await turn();
        store.read += 1;
        yield { ...message, isParked: true };
      }
    },
    onTrouble: (error) => trouble.push(String(error)),
  });
  const engine = {
    send: async ({ whatsappId }: OutboxMessage) => {
      await turn();
      sent.push(whatsappId);
      return { result: "acknowledged" as const };
    },
  } as unknown as Engine;
  const open = async () => {
    await outbox.takeWaiting();
    outbox.open(engine);
  };
  return { outbox, open, engine, waiting, sent, ended, trouble, store };
}

function expectOrder(sent: string[], all: OutboxMessage[], chatsOf = chats): void {
  for (let chat = 0; chat < chatsOf; chat += 1) {
    const ids = all.filter(({ to }) => to === `chat ${chat}`).map(({ messageId }) => messageId);
    expect(sent.filter((id) => ids.includes(id))).toEqual(ids);
  }
}

test("a session that is not open yet keeps few commands from the queue, and sends all in order when it is", async () => {
  const { outbox, open, sent } = scene();
  const all = messages(450);
  const fates = await Promise.all(all.map((message) => outbox.sendNew(message)));
  expect(fates.every((fate) => fate === "parked")).toBe(true);
  await open();
  await expect.poll(() => sent.length).toBe(all.length);
  expectOrder(sent, all);
});

test("few messages wait in the queue's hand for a session that opens soon, and are stored nowhere", async () => {
  const { outbox, open, waiting, sent } = scene();
  const all = messages(60);
  const fates = all.map((message) => outbox.sendNew(message));
  await open();
  expect(new Set(await Promise.all(fates))).toEqual(new Set(["done"]));
  expect(waiting.size).toBe(0);
  expectOrder(sent, all);
});

test("what the queue hands out again and again is stored before it can give it up, and keeps its place", async () => {
  const { outbox, open, waiting, sent } = scene();
  const all = messages(20);
  const fates = all.map((message, n) => outbox.sendNew(message, n < 10));
  expect(new Set(await Promise.all(fates.slice(0, 10)))).toEqual(new Set(["parked"]));
  expect(waiting.size).toBe(10);
  await open();
  await Promise.all(fates);
  await expect.poll(() => sent.length).toBe(all.length);
  expectOrder(sent, all);
});

test("an old message that is stored late is read before what is stored after it", async () => {
  const stored: string[] = [];
  const all = messages(6);
  const backlog = new Backlog({
    park: async ({ messageId }) => stored.push(messageId) > 0,
    async *list(from = "") {
      // Like a page: what is stored after it was read is not in it.
      const page = [...stored].toSorted().filter((id) => id >= from);
      for (const id of page) yield all.find(({ messageId }) => messageId === id) ?? fail(id);
    },
  });
  const store = async (n: number) => backlog.store(all[n] ?? fail(String(n)), async () => {});
  const read = async () => (await backlog.next())?.messageId;
  await store(3);
  await store(4);
  expect(await read()).toBe("msg_00003");
  await store(1);
  await store(5);
  expect([await read(), await read()]).toEqual(["msg_00001", "msg_00003"]);
  expect([await read(), await read(), await read()]).toEqual(["msg_00004", "msg_00005", undefined]);
});

test("of what is stored while a page is on its way, nothing is read before what was stored before it", async () => {
  const stored = new Set(["msg_00000"]);
  const all = messages(4);
  const pages: (() => void)[] = [];
  const find = (id: string) => all.find(({ messageId }) => messageId === id) ?? fail(id);
  const backlog = new Backlog({
    park: async ({ messageId }) => stored.add(messageId).has(messageId),
    async *list(from = "") {
      // Two pages, each as it was when it was asked for; the first ends behind the second message.
      for (const [after, end] of [
        ["", "msg_00002"],
        ["msg_00002", "~"],
      ] as const) {
        const page = [...stored].filter((id) => id >= from && id >= after && id < end);
        await new Promise<void>((resolve) => pages.push(resolve));
        yield* page.map(find);
      }
    },
  });
  const store = (n: number) => backlog.store(all[n] ?? fail(String(n)), async () => {});
  const read: (string | undefined)[] = [];
  backlog.readAll();
  const first = backlog.next();
  await store(1);
  await store(2);
  const answering = setInterval(() => pages.shift()?.());
  read.push((await first)?.messageId);
  for (let n = 0; n < 3; n += 1) read.push((await backlog.next())?.messageId);
  clearInterval(answering);
  expect(read).toEqual(["msg_00000", "msg_00001", "msg_00002", undefined]);
});

function fail(what: string): never {
  throw new Error(`there is no ${what}`);
}

test("while the connection is gone, what comes beyond a few is stored; each leaves once when it is back", async () => {
  const { outbox, open, engine, waiting, sent } = scene();
  await open();
  outbox.pause();
  const all = messages(700, 700);
  const fates = all.map((message) => outbox.sendNew(message));
  await expect.poll(() => waiting.size).toBe(600);
  outbox.open(engine);
  const counted = Map.groupBy(await Promise.all(fates), (fate) => fate);
  expect([counted.get("done")?.length, counted.get("parked")?.length]).toEqual([100, 600]);
  await expect.poll(() => sent.length).toBe(all.length);
  expect(new Set(sent).size).toBe(all.length);
});

test("what is stored of a chat is stored behind what the queue still has of it", async () => {
  const { outbox, open, waiting } = scene();
  await open();
  outbox.pause();
  const all = messages(140, 2);
  const fates = all.map((message) => outbox.sendNew(message));
  expect(new Set(await Promise.all(fates))).toEqual(new Set(["parked"]));
  expectOrder([...waiting.keys()], all, 2);
});

test("of thousands that wait for their pace, few are in memory", async () => {
  const { outbox, open, sent, store } = scene();
  outbox.pacer.pacing = { perMinute: 1, burst: 1, jitter: 0 };
  await open();
  const all = messages(2_000);
  await Promise.all(all.map((message) => outbox.sendNew(message)));
  await expect.poll(() => store.read).toBeGreaterThan(90);
  expect(store.read).toBeLessThan(150);
  expect(sent).toEqual(["msg_00000"]);
  outbox.pacer.pacing = null;
  outbox.lookAgain();
  await expect.poll(() => sent.length).toBe(all.length);
  expectOrder(sent, all);
});

test("what a former owner left waiting goes before what is new", async () => {
  const { outbox, open, waiting, sent } = scene();
  const all = messages(300);
  for (const message of all.slice(0, 200)) waiting.set(message.messageId, message);
  const fates = all.slice(200).map((message) => outbox.sendNew(message));
  await open();
  await Promise.all(fates);
  await expect.poll(() => sent.length).toBe(all.length);
  expectOrder(sent, all);
});

test("a store that does not answer for a while holds nothing back for good", async () => {
  const { outbox, open, engine, waiting, sent, trouble, store } = scene();
  await open();
  outbox.pause();
  const all = messages(200);
  const fates = all.map((message) => outbox.sendNew(message));
  await expect.poll(() => waiting.size).toBeGreaterThan(0);
  store.failures = 2;
  outbox.open(engine);
  await Promise.all(fates);
  await expect.poll(() => sent.length).toBe(all.length);
  expect(trouble).toEqual(["Error: throttled", "Error: throttled"]);
});

test("all that waits for a session ends with it", async () => {
  const { outbox, waiting, ended } = scene();
  const all = messages(350);
  for (const message of all.slice(0, 150)) waiting.set(message.messageId, message);
  const fates = all.slice(150).map((message) => outbox.sendNew(message));
  await Promise.all(fates);
  await outbox.end("fail");
  expect(ended.toSorted()).toEqual(all.map(({ messageId }) => `${messageId} session_ended`));
});
