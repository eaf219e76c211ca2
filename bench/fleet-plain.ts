import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pMap from "p-map";
import { startSimulator } from "#simulator/start-simulator.ts";
import { mustBecome } from "#test/chaos/stage/wait-until.ts";
import { createGroups, groups, incomingBursts, textsNamed, warmUp } from "./fleet-messages.ts";
import type { Return } from "./fleet-ours.ts";
import { startPlain } from "./fleet-plain-process.ts";
import { receiveInPlain, sendThroughPlain } from "./fleet-plain-rates.ts";
import { measureBursts } from "./fleet-rate.ts";
import type { Rate } from "./fleet-rate.ts";

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

const patienceMs = 300_000;
/** It takes twenty times as long for one as the fleet. */
const groupMessages = 500;

export type KeysIn = "files" | "memory";

/** Plain Baileys, measured as the fleet is. */
export async function measurePlain(
  sessions: number,
  messages: number,
  keysIn: KeysIn,
): Promise<PlainFigures> {
  await using simulator = await startSimulator({ historyLimit: 1_000 });
  const folder = await mkdtemp(join(tmpdir(), "plain-baileys-"));
  try {
    await using plain = startPlain(simulator, keysIn === "files" ? folder : "");
    const empty = await plain.probe();
    const names = Array.from({ length: sessions }, (_, i) => `session-${i}`);
    const numbers = await pMap(names, plain.pair, { concurrency: 8 });
    const full = await plain.probe();
    const usedBefore = await plain.usage();

    plain.opened.clear();
    const cut = performance.now();
    simulator.dropConnections();
    await mustBecome("all are back", () => plain.opened.size === sessions, patienceMs);
    const backMs = performance.now() - cut;
    const { stallMs, cpuSeconds } = await plain.probe();
    const back = { ms: backMs, stallMs, cpuSeconds: cpuSeconds - usedBefore };

    const name = names[0] ?? "";
    const maker = numbers[0] ?? "";
    const contact = await simulator.createPhone();
    const jids = await createGroups(simulator, maker);
    const measured = { plain, usage: plain.usage };
    const send = (count: number, toOf: (i: number) => string) =>
      sendThroughPlain(measured, name, count, toOf);
    const receive = (count: number, text: string) =>
      receiveInPlain(measured, maker, [contact], textsNamed(text, count));
    const toContact = () => `${contact.number}@s.whatsapp.net`;
    await send(warmUp * messages, toContact);
    const oneSession = await measureBursts(() => send(messages, toContact));
    await receive(warmUp * incomingBursts * messages, "at first");
    const incoming = await measureBursts((number) =>
      receive(incomingBursts * messages, `incoming ${number}`),
    );
    const groupOf = (i: number) => jids[i % groups] ?? "";
    await send(groups, groupOf);
    const toGroups = await measureBursts(() => send(groupMessages, groupOf));
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
    await rm(folder, { recursive: true, force: true });
  }
}
