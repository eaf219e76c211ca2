import { quantile } from "#test/chaos/stage/outages.ts";
import type { Runner } from "#test/chaos/stage/runner.ts";
import type { Session } from "#test/chaos/stage/session.ts";
import type { Stage } from "#test/chaos/stage/stage.ts";
import type { Simulator } from "#simulator/simulator.ts";
import { mustBecome } from "#test/chaos/stage/wait-until.ts";

import { askUsage } from "./ask-probe.ts";
import { measureBursts } from "./fleet-rate.ts";
import type { Rate } from "./fleet-rate.ts";
import { receiveInRunner, sendThroughRunner } from "./fleet-runner-rates.ts";

export type MessageFigures = {
  oneSession: Rate;
  manySessions: number;
  inManySessions: Rate;
  incoming: Rate;
  /** To `groups` groups of `groupMembers`. */
  toGroups: Rate;
  latencyP50Ms: number;
  latencyP99Ms: number;
};

/** Messages of one chat leave one after the other: with few chats it is the way to the server that counts. */
export const chats = 300;
export const burst = 3_000;
/** What comes in is so many times as many: it is faster, and the way of the first and the last counts less. */
export const incomingBursts = 2;
/** So many times what is counted goes before: until what runs is compiled, as in a worker that lives for days. */
export const warmUp = 2;
const singles = 150;
export const groups = 100;
const groupBurst = 1_500;
export const groupMembers = 50;
const patienceMs = 180_000;

export async function measureMessages(
  stage: Stage,
  runner: Runner,
  sessions: Session[],
): Promise<MessageFigures> {
  const contacts = await Promise.all(
    Array.from({ length: chats }, () => stage.simulator.createPhone()),
  );
  const addresses = contacts.map(({ number }) => `${number}@s.whatsapp.net`);
  const many = sessions.slice(0, 100);
  const one = requireFirst(many);

  const measured = { stage, runner, usage: () => askUsage(runner) };
  const run = (count: number, pick: (i: number) => [Session, string]) =>
    sendThroughRunner(measured, count, pick);

  const toOf = (i: number) => addresses[i % chats] ?? "";
  const sessionOf = (i: number) => many[i % many.length] ?? one;
  // New chats fetch keys once; that is not what a message costs.
  await run(warmUp * burst, (i) => [one, toOf(i)]);
  await run(many.length, (i) => [sessionOf(i), toOf(0)]);
  const oneSession = await measureBursts(() => run(burst, (i) => [one, toOf(i)]));
  const inManySessions = await measureBursts(() => run(burst, (i) => [sessionOf(i), toOf(0)]));
  const incomingBurst = incomingBursts * burst;
  const receive = (count: number, name: string) =>
    receiveInRunner(measured, one, contacts, textsNamed(name, count));
  await receive(warmUp * incomingBurst, "at first");
  const incoming = await measureBursts((number) => receive(incomingBurst, `incoming ${number}`));
  const jids = await createGroups(stage.simulator, one.phone.number);
  const groupOf = (i: number) => jids[i % groups] ?? "";
  // The first message hands a group its sender key.
  await run(groups, (i) => [one, groupOf(i)]);
  const toGroups = await measureBursts(() => run(groupBurst, (i) => [one, groupOf(i)]));

  const latencies: number[] = [];
  for (let i = 0; i < singles; i += 1) {
    const from = Date.now();
    const { messageId } = await sessionOf(i).say(toOf(0), `single ${i}`);
    const isSent = () => stage.events.sentAt(messageId) !== undefined;
    await mustBecome("it is sent", isSent, patienceMs);
    latencies.push((stage.events.sentAt(messageId) ?? 0) - from);
  }
  return {
    oneSession,
    manySessions: many.length,
    inManySessions,
    incoming,
    toGroups,
    latencyP50Ms: quantile(latencies, 0.5),
    latencyP99Ms: quantile(latencies, 0.99),
  };
}

export function textsNamed(name: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) => `${name} ${i}`);
}

/**
 * Groups of the same new phones that somebody has made; gives their JIDs. The others are offline:
 * nobody confirms delivery, and what is measured is sending.
 */
export async function createGroups(simulator: Simulator, maker: string): Promise<string[]> {
  const others = await Promise.all(
    Array.from({ length: groupMembers - 1 }, () => simulator.createPhone()),
  );
  for (const phone of others) phone.goOffline();
  const members = [maker, ...others.map(({ number }) => number)];
  return Array.from(
    { length: groups },
    (_, i) => simulator.createGroup({ subject: `Fifty ${i}`, members }).jid,
  );
}

function requireFirst(sessions: Session[]): Session {
  const [first] = sessions;
  if (!first) throw new Error("there is no session");
  return first;
}
