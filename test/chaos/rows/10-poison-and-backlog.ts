import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import { defaultSettings } from "#shared/contracts/session-settings.ts";
import { newId } from "#shared/ids.ts";
import type { Row } from "../row.ts";
import { acceptBacklog } from "../stage/backlog.ts";
import type { Outgoing } from "../stage/ledger.ts";
import { isShared } from "../stage/is-shared.ts";
import { quantile } from "../stage/outages.ts";
import { isActive } from "../stage/session.ts";
import type { Session } from "../stage/session.ts";
import { startSmallFleet } from "../stage/small-fleet.ts";
import type { SmallFleet } from "../stage/small-fleet.ts";
import type { Stage } from "../stage/stage.ts";
import { judge } from "../stage/verdict.ts";
import { mustBecome } from "../stage/wait-until.ts";

/** Others may be this much slower than the sessions of a worker that has no backlog. */
const slowerLimit = 1.2;
/** Times are whole milliseconds. */
const roundingMs = 1;
/** Medians of so few rounds as the short form has differ by so much on a small machine. */
const noiseMs = 10;
/**
 * Two workers without any backlog differ by up to a fifth in the p99 of twelve rounds: so many
 * rounds are needed for a fifth to say something.
 */
const longRounds = 40;

/** The most that a tenant can set: thirty times what WhatsApp bears. */
const pacing = { perMinute: 600, burst: 5 };

const probesARound = 30;

type Latency = { p50: number; p99: number };

/** Of the sessions beside the backlog, and of those elsewhere, in the same minute. */
type Rounds = { others: Latency[]; elsewhere: Latency[] };

export const poisonAndBacklog: Row = {
  title: "poison commands, a backlog of one session",
  alone: true,
  async run(context) {
    const size = { sessions: 8, shards: 2, contacts: 6 };
    await using fleet = await startSmallFleet(context, size);
    const { stage, sessions, contacts, traffic } = fleet;
    await stage.start("worker-1").ready;
    await mustBecome("the shards are shared", () => isShared(stage, 2), 30_000);
    const isBack = (one: Session) => one.online() && isActive(stage, one);
    await mustBecome("all are active", () => sessions.every(isBack), 60_000);
    const [busy, ...others] = sessions.filter(({ shard }) => shard === 0);
    if (!busy) throw new Error("there is no session");
    const groups = { others, elsewhere: sessions.filter(({ shard }) => shard === 1) };
    const backlog = context.short ? 300 : 10_000;
    const rounds = context.short ? 2 : longRounds;
    // A new chat fetches keys, once: that is not what is compared.
    for (const session of sessions) {
      for (const contact of contacts) await traffic.out(session, contact);
    }
    // For the report alone.
    const before = await measure(fleet, groups, Math.ceil(rounds / 4));

    const poison = ["{", '{"type":"message.send.v9"}', '{"type":"message.send.v1"}'];
    for (const body of poison) await stage.enqueue(0, "poison", newId("event"), body);
    await busy.configure({ ...defaultSettings, pacing });
    const accepted = await acceptBacklog(stage, busy, contacts, backlog);
    const beside = await measure(fleet, groups, rounds);
    const queued = stage.sqs.depth("commands-0.fifo");
    const stored = await parkedOf(stage, busy);
    // The rest is to wait for its session, out of the queue.
    await busy.stop();
    await mustBecome("poison becomes dead letters", () => hasBuried(stage, poison), 180_000);
    await mustBecome("the queue is empty", () => isEmpty(stage), 180_000);

    const parked = await parkedOf(stage, busy);
    const sent = accepted.filter(({ messageId }) => !parked.has(messageId));
    const ledger = { ...traffic.ledger, outgoing: [...traffic.ledger.outgoing, ...sent] };
    const verdict = await judge(stage, sessions, ledger);
    const failures = compare(beside, context.short ? noiseMs : roundingMs);
    const waiting = queued.visible + queued.inFlight + stored.size;
    if (waiting < backlog / 4) failures.push("there was no backlog");
    const notes = [
      `${accepted.length} accepted, ${sent.length} sent, ${parked.size} wait for their session`,
      `medians of ${rounds} rounds of ${probesARound}: ${describe(beside.others)} beside the backlog, ` +
        `${describe(beside.elsewhere)} on another worker in the same minute; before the backlog ` +
        `${describe(before.others)} and ${describe(before.elsewhere)}`,
    ];
    return { kills: 0, verdict, recoveries: [], notes, failures };
  },
};

/** A round's p99 is its slowest but one: the median of rounds is what can be compared. */
async function measure(
  fleet: SmallFleet,
  groups: Record<keyof Rounds, Session[]>,
  rounds: number,
): Promise<Rounds> {
  const found: Rounds = { others: [], elsewhere: [] };
  for (let round = 0; round < rounds; round += 1) {
    const taken: Record<keyof Rounds, number[]> = { others: [], elsewhere: [] };
    for (let i = 0; i < probesARound; i += 1) {
      // In turn: what the machine does besides slows both alike.
      taken.others.push(await probe(fleet, groups.others, i));
      taken.elsewhere.push(await probe(fleet, groups.elsewhere, i));
    }
    found.others.push(toLatency(taken.others));
    found.elsewhere.push(toLatency(taken.elsewhere));
  }
  return found;
}

/** Milliseconds from accepting a message to the server's acknowledgement. */
async function probe(
  { stage, contacts, traffic }: SmallFleet,
  sessions: Session[],
  turn: number,
): Promise<number> {
  const session = sessions[turn % sessions.length];
  const contact = contacts[turn % contacts.length];
  if (!session || !contact) throw new Error("there is nobody to ask");
  const from = Date.now();
  const at = traffic.ledger.outgoing.length;
  await traffic.out(session, contact);
  const { messageId } = traffic.ledger.outgoing[at] as Outgoing;
  await mustBecome("it is sent", () => stage.events.sentAt(messageId) !== undefined, 60_000);
  return (stage.events.sentAt(messageId) ?? 0) - from;
}

function toLatency(taken: number[]): Latency {
  return { p50: quantile(taken, 0.5), p99: quantile(taken, 0.96) };
}

const medianOf = (all: Latency[], what: keyof Latency) =>
  quantile(
    all.map((one) => one[what]),
    0.5,
  );

function describe(all: Latency[]): string {
  return `p50 ${medianOf(all, "p50")} ms, p99 ${medianOf(all, "p99")} ms`;
}

function compare({ others, elsewhere }: Rounds, toleranceMs: number): string[] {
  return (["p50", "p99"] as const).flatMap((what) => {
    const [there, here] = [medianOf(elsewhere, what), medianOf(others, what)];
    const isFine = here <= there * slowerLimit + toleranceMs;
    return isFine ? [] : [`${what} of the others is ${here} ms, elsewhere ${there} ms`];
  });
}

function hasBuried({ sqs, deadLetters }: Stage, poison: string[]): boolean {
  return sqs.depth(deadLetters).visible === poison.length;
}

function isEmpty({ sqs }: Stage): boolean {
  const { visible, inFlight } = sqs.depth("commands-0.fifo");
  return visible + inFlight === 0;
}

/** Messages that are stored as waiting for their session. */
async function parkedOf({ database }: Stage, { sessionId }: Session): Promise<Set<string>> {
  const parked = new Set<string>();
  let from: Record<string, unknown> | undefined;
  do {
    const page = await database.send(
      new QueryCommand({
        TableName: "messages",
        IndexName: "parked",
        KeyConditionExpression: "parkedIn = :session",
        ExpressionAttributeValues: { ":session": sessionId },
        ...(from ? { ExclusiveStartKey: from } : {}),
      }),
    );
    for (const item of page.Items ?? []) parked.add(String(item["messageId"]));
    from = page.LastEvaluatedKey;
  } while (from);
  return parked;
}
