import { fork } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pMap from "p-map";
import { mustBecome } from "#test/chaos/stage/wait-until.ts";
import { startSimulator } from "#simulator/start-simulator.ts";
import type { PlainNews } from "./fleet-plain-baileys.ts";
import { createGroups, groupBurst, groups } from "./fleet-messages.ts";
import type { Rate } from "./fleet-messages.ts";
import type { Return } from "./fleet-ours.ts";
import type { Probe } from "./fleet-probe.ts";

export type PlainFigures = {
  sessions: number;
  fixedMb: number;
  perSessionMb: number;
  collectedMb: number;
  back: Return;
  oneSession: Rate;
  incoming: Rate;
  toGroups: Rate;
};

const script = new URL("./fleet-plain-baileys.ts", import.meta.url).pathname;
const probe = new URL("./fleet-probe.ts", import.meta.url).pathname;
const patienceMs = 300_000;

export type KeysIn = "files" | "memory";

/** Plain Baileys, measured as the fleet is. */
export async function measurePlain(
  sessions: number,
  messages: number,
  keysIn: KeysIn,
): Promise<PlainFigures> {
  await using simulator = await startSimulator({ historyLimit: 1_000 });
  const folder = await mkdtemp(join(tmpdir(), "plain-baileys-"));
  const rootKey = Buffer.from(simulator.rootPublicKey).toString("hex");
  const child = fork(script, [simulator.url, rootKey, keysIn === "files" ? folder : ""], {
    execArgv: ["--expose-gc", "--import", probe],
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  try {
    const opened = new Set<string>();
    const codes = new Map<string, string>();
    const sent = new Map<string, number>();
    const owners = new Map<string, string>();
    let last: Probe | undefined;
    let received = 0;
    let used: number | undefined;
    child.on("message", (news: PlainNews | { probe: Probe } | { cpuSeconds: number } | "ready") => {
      if (news === "ready") return;
      if ("probe" in news) last = news.probe;
      else if ("cpuSeconds" in news) used = news.cpuSeconds;
      else if (news.kind === "qr") codes.set(news.name, news.qr);
      else if (news.kind === "open") opened.add(news.name);
      else if (news.kind === "received") received += 1;
      else sent.set(news.text, news.at);
    });
    const ask = async (): Promise<Probe> => {
      last = undefined;
      child.send("probe");
      await mustBecome("the probe answers", () => last !== undefined, patienceMs);
      return last as unknown as Probe;
    };
    const askUsage = async (): Promise<number> => {
      used = undefined;
      child.send("usage");
      await mustBecome("the usage is told", () => used !== undefined, patienceMs);
      return used as unknown as number;
    };
    const empty = await ask();
    const names = Array.from({ length: sessions }, (_, i) => `session-${i}`);
    await pMap(
      names,
      async (name) => {
        const phone = await simulator.createPhone();
        child.send({ kind: "open", name });
        await mustBecome("a code is shown", () => codes.has(name), patienceMs);
        owners.set(name, phone.number);
        await phone.scan(codes.get(name) ?? "");
        await mustBecome("it is open", () => opened.has(name), patienceMs);
      },
      { concurrency: 8 },
    );
    const full = await ask();
    const usedBefore = await askUsage();

    opened.clear();
    const cut = performance.now();
    simulator.dropConnections();
    await mustBecome("all are back", () => opened.size === sessions, patienceMs);
    const backMs = performance.now() - cut;
    const { stallMs, cpuSeconds } = await ask();
    const back = { ms: backMs, stallMs, cpuSeconds: cpuSeconds - usedBefore };

    const name = names[0] ?? "";
    const maker = owners.get(name) ?? "";
    const contact = await simulator.createPhone();
    const jids = await createGroups(simulator, maker);
    async function send(count: number, toOf: (i: number) => string): Promise<Rate> {
      sent.clear();
      const before = await askUsage();
      const started = Date.now();
      for (let i = 0; i < count; i += 1) {
        child.send({ kind: "send", name, to: toOf(i), text: `plain ${i}` });
      }
      await mustBecome("all are sent", () => sent.size === count, patienceMs);
      const seconds = (Math.max(...sent.values()) - started) / 1_000;
      const spent = (await askUsage()) - before;
      return { perSecond: count / seconds, cpuMs: (spent * 1_000) / count };
    }
    async function receive(count: number): Promise<Rate> {
      received = 0;
      const before = await askUsage();
      const started = Date.now();
      const texts = Array.from({ length: count }, (_, i) => `incoming ${i}`);
      await pMap(texts, (text) => contact.say(maker, text), { concurrency: 50 });
      await mustBecome("all are received", () => received === count, patienceMs);
      const seconds = (Date.now() - started) / 1_000;
      const spent = (await askUsage()) - before;
      return { perSecond: count / seconds, cpuMs: (spent * 1_000) / count };
    }
    const oneSession = await send(messages, () => `${contact.number}@s.whatsapp.net`);
    const incoming = await receive(messages);
    const groupOf = (i: number) => jids[i % groups] ?? "";
    await send(groups, groupOf);
    const toGroups = await send(groupBurst, groupOf);
    return {
      sessions,
      fixedMb: empty.collectedMb,
      perSessionMb: (full.rssMb - empty.collectedMb) / sessions,
      collectedMb: (full.collectedMb - empty.collectedMb) / sessions,
      back,
      oneSession,
      incoming,
      toGroups,
    };
  } finally {
    child.kill("SIGKILL");
    await rm(folder, { recursive: true, force: true });
  }
}
