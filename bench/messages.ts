// What each kind of message costs on AWS, how many go through, and what a large file does to a worker.
import { randomBytes } from "node:crypto";
import { performance } from "node:perf_hooks";
import pMap from "p-map";
import { startKinds } from "#test/system/start-kinds.ts";
import type { Kinds } from "#test/system/start-kinds.ts";
import { measure, settle } from "./measure-usage.ts";
import { toBill, totalDollars } from "./prices.ts";
import type { Usage } from "./prices.ts";
import { watchMemory } from "./watch-memory.ts";

/** Of each kind, one after the other. */
const singles = { person: 10, group: 3 };
const groupSize = 50;
const burst = 100;
const atOnce = 10;
const largeBytes = 100 * 1_024 * 1_024;
const smallBytes = 50_000;

export async function run(): Promise<void> {
  const kinds = await startKinds();
  try {
    await costs(kinds, { name: "person", to: kinds.chat("person").forSession, others: 1 });
    await costs(kinds, { name: "group", to: await largeGroup(kinds), others: groupSize - 1 });
    await incoming(kinds);
    await throughput(kinds);
    await largeFile(kinds);
  } finally {
    await kinds.stop();
  }
}

type Chat = { name: "person" | "group"; to: string; others: number };

async function largeGroup({ scene, owner, contact }: Kinds): Promise<string> {
  const others = Array.from({ length: groupSize - 2 }, () => scene.simulator.createPhone());
  const members = [owner, contact, ...(await Promise.all(others))].map(({ number }) => number);
  return scene.simulator.createGroup({ subject: "Many", members }).jid;
}

async function costs(kinds: Kinds, { name, to, others }: Chat): Promise<void> {
  const file = async (mimetype: string) => ({
    mediaId: await kinds.upload(randomBytes(smallBytes), mimetype),
  });
  const { id: messageId } = await kinds.send({ to, type: "text", text: { body: "hello" } });
  await kinds.status(messageId, "sent");
  await settle(kinds.scene.runtime);
  const sent = (body: object) => async (): Promise<Asked> => ({ body: { to, ...body } });
  const withFile =
    (type: string, mimetype: string, more: object = {}) =>
    async () => ({
      body: { to, type, [type]: { ...(await file(mimetype)), ...more } },
    });
  /** What is done to a message of its own. */
  const done = (method: "post" | "patch" | "remove", what: string, body?: object) => async () => {
    const target = await kinds.send({ to, type: "text", text: { body: "hello" } });
    await kinds.status(target.id, "sent");
    return { method, path: `/${target.id}${what}`, ...(body && { body }) };
  };
  const bodies: [string, () => Promise<Asked>][] = [
    ["text", sent({ type: "text", text: { body: "A text of the usual length, forty-one." } })],
    ["image", withFile("image", "image/jpeg")],
    ["video", withFile("video", "video/mp4")],
    ["audio", withFile("audio", "audio/mpeg")],
    ["voice", withFile("audio", "audio/ogg", { voice: true })],
    ["document", withFile("document", "application/pdf")],
    ["sticker", withFile("sticker", "image/webp")],
    ["location", sent({ type: "location", location: { latitude: 46.5, longitude: 7.25 } })],
    [
      "contact",
      sent({ type: "contact", contact: { contacts: [{ name: "Joan", phone: "14155550123" }] } }),
    ],
    ["poll", sent({ type: "poll", poll: { question: "Tea?", options: ["yes", "no"] } })],
    ["reaction", sent({ type: "reaction", reaction: { messageId, emoji: "👍" } })],
    ["edit", done("patch", "", { text: { body: "A text of the usual length, changed." } })],
    ["deletion", done("remove", "")],
    ["forward", done("post", "/forward", { to })],
  ];
  const whom = name === "person" ? "a person" : `a group of ${groupSize}, by all of them`;
  console.log(`\nsent to ${whom}, alone, accepted to delivered`);
  heading();
  for (const [kind, body] of bodies) {
    const count = singles[name];
    const prepared = await pMap(Array.from({ length: count }), body, { concurrency: 1 });
    await settle(kinds.scene.runtime);
    const usage = await measure(kinds.scene.runtime, async () => {
      for (const asked of prepared) await sendOne(kinds, asked, { others });
      await settle(kinds.scene.runtime);
    });
    row(kind, usage, count);
  }
}

async function incoming(kinds: Kinds): Promise<void> {
  const { contact, owner } = kinds;
  const bytes = randomBytes(smallBytes);
  console.log("\nreceived from a person, alone, to event and stored file");
  heading();
  const texts = await measure(kinds.scene.runtime, async () => {
    for (let i = 0; i < singles.person; i += 1) {
      const { id } = await contact.say(owner.number, `An answer of the usual length, number ${i}.`);
      await kinds.received(id);
    }
  });
  row("text", texts, singles.person);
  await settle(kinds.scene.runtime);
  const images = await measure(kinds.scene.runtime, async () => {
    for (let i = 0; i < singles.person; i += 1) {
      const { id } = await contact.sendMedia(owner.number, "image", bytes);
      const { data } = await kinds.received(id);
      const { messageId } = data;
      await kinds.inbox.find("message.media", (event) => event.data.messageId === messageId);
    }
  });
  row("image", images, singles.person);
}

async function throughput(kinds: Kinds): Promise<void> {
  const to = kinds.chat("person").forSession;
  console.log(`\n${burst} messages to one person, ${atOnce} requests at a time, accepted to sent`);
  const text = { type: "text", text: { body: "A text of the usual length, forty-one." } };
  console.log(
    `  texts             ${(await rate(kinds, () => ({ to, ...text }))).toFixed(0)} a second`,
  );
  const mediaId = await kinds.upload(randomBytes(smallBytes), "image/jpeg");
  const image = { type: "image", image: { mediaId } };
  const same = await rate(kinds, () => ({ to, ...image }));
  console.log(`  the same image    ${same.toFixed(0)} a second`);
  const ids = await pMap(
    Array.from({ length: burst }),
    () => kinds.upload(randomBytes(smallBytes), "image/jpeg"),
    { concurrency: atOnce },
  );
  const others = await rate(kinds, (i) => ({ to, type: "image", image: { mediaId: ids[i] } }));
  console.log(`  images of their own  ${others.toFixed(0)} a second`);
}

async function rate(kinds: Kinds, body: (i: number) => object): Promise<number> {
  const startedAt = performance.now();
  const all = Array.from({ length: burst }, (_, i) => i);
  await pMap(all, (i) => sendOne(kinds, { body: body(i) }, { until: "sent" }), {
    concurrency: atOnce,
  });
  return burst / ((performance.now() - startedAt) / 1_000);
}

async function largeFile(kinds: Kinds): Promise<void> {
  const pid = kinds.scene.runtime.workers()[0]?.pid ?? 0;
  const bytes = randomBytes(largeBytes);
  const mediaId = await kinds.upload(bytes, "application/zip");
  const body = { to: kinds.chat("person").forSession, type: "document", document: { mediaId } };
  console.log(
    `\na document of ${largeBytes / 1_024 / 1_024} MB: resident memory of the worker, MB`,
  );
  await memoryRow("sent", pid, () => sendOne(kinds, { body }, { until: "sent" }));
  await memoryRow("received", pid, async () => {
    const { id } = await kinds.contact.sendMedia(kinds.owner.number, "document", bytes);
    const { data } = await kinds.received(id);
    const { messageId } = data;
    await kinds.inbox.find("message.media", (event) => event.data.messageId === messageId);
  });
}

async function memoryRow(what: string, pid: number, work: () => Promise<void>): Promise<void> {
  const startedAt = performance.now();
  const { before, peak, after } = await watchMemory(pid, work);
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
  const rise = (peak - before).toFixed(0);
  const figures = `${before.toFixed(0)} before, ${peak.toFixed(0)} at most (+${rise}), ${after.toFixed(0)} after`;
  console.log(`  ${what.padEnd(9)} ${figures}, in ${seconds} s`);
}

/** A request for one message, below the session's messages. */
type Asked = { method?: "post" | "patch" | "remove"; path?: string; body?: object };

/** Resolves when it is so far with as many others as it went to. */
async function sendOne(
  kinds: Kinds,
  { method = "post", path = "", body }: Asked,
  { until = "delivered", others = 1 } = {},
): Promise<void> {
  const accepted = await kinds.call[method](`${kinds.path}/messages${path}`, body);
  if (accepted.status !== 202) throw new Error(JSON.stringify(accepted.body));
  const id = accepted.body["id"];
  const heard = new Set<string>();
  await kinds.inbox.find("message.status", ({ data }) => {
    if (data.messageId === id && data.status === until) heard.add(data.recipient?.id ?? "");
    return heard.size >= others;
  });
}

function heading(): void {
  console.log("  kind         write units  of journal  read units  S3 put  S3 get  $ a million");
}

function row(kind: string, usage: Usage, count: number): void {
  const per = (name: string) => ((usage[name] ?? 0) / count).toFixed(2);
  const dollars = (totalDollars(toBill(usage)) / count) * 1e6;
  const columns = [
    per("dynamodb.write-units").padStart(11),
    per("dynamodb.wafleet-journal.write-units").padStart(11),
    per("dynamodb.read-units").padStart(11),
    per("s3.put-requests").padStart(7),
    per("s3.get-requests").padStart(7),
    dollars.toFixed(2).padStart(12),
  ];
  console.log(`  ${kind.padEnd(12)} ${columns.join(" ")}`);
}
