import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import { defaultSettings } from "#shared/contracts/session-settings.ts";
import { newId } from "#shared/ids.ts";
import type { Row } from "../row.ts";
import { acceptBacklog } from "../stage/backlog.ts";
import type { Outgoing } from "../stage/ledger.ts";
import { quantile } from "../stage/outages.ts";
import type { Session } from "../stage/session.ts";
import { startSmallFleet } from "../stage/small-fleet.ts";
import type { SmallFleet } from "../stage/small-fleet.ts";
import type { Stage } from "../stage/stage.ts";
import { judge } from "../stage/verdict.ts";
import { mustBecome } from "../stage/wait-until.ts";

/** Others may get this much slower. */
const slowerLimit = 1.2;
/** Two medians of an idle system differ by so much on a small machine. */
const noiseMs = 10;

/** The most that a tenant can set: thirty times what WhatsApp bears. */
const pacing = { perMinute: 600, burst: 5 };

const probesARound = 30;

type Latency = { p50: number; p99: number };

export const poisonAndBacklog: Row = {
  title: "poison commands, a backlog of one session",
  alone: true,
  async run(context) {
    await using fleet = await startSmallFleet(context, { sessions: 4, shards: 1, contacts: 6 });
    const { stage, sessions, contacts, traffic } = fleet;
    const [busy, ...others] = sessions;
    if (!busy) throw new Error("there is no session");
    const backlog = context.short ? 300 : 10_000;
    const rounds = context.short ? 1 : 3;
    // A new chat fetches keys, once: that is not what is compared.
    for (const session of sessions) {
      for (const contact of contacts) await traffic.out(session, contact);
    }
    const alone = await measure(fleet, others, rounds);

    const poison = ["{", '{"type":"message.send.v9"}', '{"type":"message.send.v1"}'];
    for (const body of poison) await stage.enqueue(0, "poison", newId("event"), body);
    await busy.configure({ ...defaultSettings, pacing });
    const accepted = await acceptBacklog(stage, busy, contacts, backlog);
    const beside = await measure(fleet, others, 2 * rounds);
    const queued = stage.sqs.depth("commands-0.fifo");
    const stored = await parkedOf(stage, busy);
    // The rest is to wait for its session, out of the queue.
    await busy.stop();
    await mustBecome("poison becomes dead letters", () => hasBuried(stage, poison), 180_000);
    await mustBecome("the queue is empty", () => isEmpty(stage), 180_000);
    const after = await measure(fleet, others, rounds);

    const parked = await parkedOf(stage, busy);
    const sent = accepted.filter(({ messageId }) => !parked.has(messageId));
    const ledger = { ...traffic.ledger, outgoing: [...traffic.ledger.outgoing, ...sent] };
    const verdict = await judge(stage, sessions, ledger);
    const failures = compare([...alone, ...after], beside);
    const waiting = queued.visible + queued.inFlight + stored.size;
    if (waiting < backlog / 4) failures.push("there was no backlog");
    const notes = [
      `${accepted.length} accepted, ${sent.length} sent, ${parked.size} wait for their session`,
      `the others, medians of rounds of ${probesARound}: ${describe([...alone, ...after])} without ` +
        `the backlog (before and after it), ${describe(beside)} beside it`,
    ];
    return { kills: 0, verdict, recoveries: [], notes, failures };
  },
};

/** A round's p99 is its slowest but one: the median of rounds is what can be compared. */
async function measure(
  { stage, contacts, traffic }: SmallFleet,
  sessions: Session[],
  rounds: number,
): Promise<Latency[]> {
  const found: Latency[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const taken: number[] = [];
    for (let i = 0; i < probesARound; i += 1) {
      const session = sessions[i % sessions.length];
      const contact = contacts[i % contacts.length];
      if (!session || !contact) continue;
      const from = Date.now();
      const at = traffic.ledger.outgoing.length;
      await traffic.out(session, contact);
      const { messageId } = traffic.ledger.outgoing[at] as Outgoing;
      await mustBecome("it is sent", () => stage.events.sentAt(messageId) !== undefined, 60_000);
      taken.push((stage.events.sentAt(messageId) ?? 0) - from);
    }
    found.push({ p50: quantile(taken, 0.5), p99: quantile(taken, 0.96) });
  }
  return found;
}

const medianOf = (all: Latency[], what: keyof Latency) =>
  quantile(
    all.map((one) => one[what]),
    0.5,
  );

function describe(all: Latency[]): string {
  return `p50 ${medianOf(all, "p50")} ms, p99 ${medianOf(all, "p99")} ms`;
}

function compare(without: Latency[], beside: Latency[]): string[] {
  return (["p50", "p99"] as const).flatMap((what) => {
    const [before, now] = [medianOf(without, what), medianOf(beside, what)];
    const isFine = now <= before * slowerLimit + noiseMs;
    return isFine ? [] : [`${what} of the others rose from ${before} ms to ${now} ms`];
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
