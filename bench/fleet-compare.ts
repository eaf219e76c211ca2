// A runner's process and one of plain Baileys, its keys in memory, that send and receive in turn.
import pMap from "p-map";
import { pairedSessions } from "#test/chaos/stage/session.ts";
import { startStage } from "#test/chaos/stage/stage.ts";
import { askUsage } from "./ask-probe.ts";
import {
  chats,
  createGroups,
  groupMembers,
  groups,
  incomingBursts,
  textsNamed,
} from "./fleet-messages.ts";
import { asMeasured, measuredStage } from "./fleet-ours.ts";
import { startPlain } from "./fleet-plain-process.ts";
import { receiveInPlain, sendThroughPlain } from "./fleet-plain-rates.ts";
import { receiveInRunner, sendThroughRunner } from "./fleet-runner-rates.ts";
import { takeTurns } from "./in-turn.ts";
import type { Compared } from "./in-turn.ts";
import { quietUsage } from "./quiet-usage.ts";

export type Comparison = Compared & {
  what: string;
  /** Messages a second that the budgets ask for, and that plain Baileys had beside them. */
  budget: { ours: number; plain: number };
};

const texts = 1_500;
/** Plain Baileys takes twenty times as long for one. */
const groupTexts = 600;

export async function compareInTurn(
  sessions: number,
  plainSessions: number,
  log: (text: string) => void,
): Promise<Comparison[]> {
  await using stage = await startStage(measuredStage);
  await using plain = startPlain(stage.simulator);
  const runner = stage.start("worker-0", asMeasured);
  await runner.ready;
  log(`pairing ${sessions} and ${plainSessions} sessions`);
  const [one] = await pairedSessions(stage, sessions);
  const names = Array.from({ length: plainSessions }, (_, i) => `session-${i}`);
  const [number] = await pMap(names, plain.pair, { concurrency: 8 });
  const [name] = names;
  if (!one || !name || number === undefined) throw new Error("each side needs a session");
  const ours = { stage, runner, usage: () => quietUsage(() => askUsage(runner)) };
  const theirs = { plain, usage: () => quietUsage(plain.usage) };

  const contacts = await Promise.all(
    Array.from({ length: chats }, () => stage.simulator.createPhone()),
  );
  const toOf = (i: number) => `${contacts[i % chats]?.number}@s.whatsapp.net`;
  log("texts out");
  const out = await takeTurns(
    () => sendThroughRunner(ours, texts, (i) => [one, toOf(i)]),
    () => sendThroughPlain(theirs, name, texts, toOf),
  );
  log("texts in");
  const textsOf = (round: number) => textsNamed(`incoming ${round}`, incomingBursts * texts);
  const incoming = await takeTurns(
    (round) => receiveInRunner(ours, one, contacts, textsOf(round)),
    (round) => receiveInPlain(theirs, number, contacts, textsOf(round)),
  );
  log("texts to groups");
  const ourGroups = await createGroups(stage.simulator, one.phone.number);
  const theirGroups = await createGroups(stage.simulator, number);
  const toGroups = await takeTurns(
    () => sendThroughRunner(ours, groupTexts, (i) => [one, ourGroups[i % groups] ?? ""]),
    () => sendThroughPlain(theirs, name, groupTexts, (i) => theirGroups[i % groups] ?? ""),
  );
  return [
    { what: "texts out, one session", ...out, budget: { ours: 1_000, plain: 850 } },
    { what: "texts in, one session", ...incoming, budget: { ours: 1_500, plain: 1_750 } },
    {
      what: `texts to ${groups} groups of ${groupMembers}`,
      ...toGroups,
      budget: { ours: 500, plain: 51 },
    },
  ];
}
