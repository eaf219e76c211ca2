import { newId } from "#shared/ids.ts";
import pMap from "p-map";
import type { Row } from "../row.ts";
import { quantile } from "../stage/outages.ts";
import type { Session } from "../stage/session.ts";
import { startSmallFleet } from "../stage/small-fleet.ts";
import type { SmallFleet } from "../stage/small-fleet.ts";
import { judge } from "../stage/verdict.ts";
import { mustBecome } from "../stage/wait-until.ts";

/** Others may get this much slower, with as much again for the noise of a small machine. */
const slowerLimit = 1.2;
const noiseMs = 50;

export const poisonAndBacklog: Row = {
  title: "poison commands, a backlog of one session",
  async run(context) {
    await using fleet = await startSmallFleet(context, { sessions: 4, shards: 1 });
    const { stage, sessions, contacts, traffic } = fleet;
    const [busy, ...others] = sessions;
    const [target] = contacts;
    if (!busy || !target) throw new Error("there is nobody to talk to");
    const probes = context.short ? 40 : 200;
    // New chats fetch keys once; that is not what is compared.
    await latency(fleet, others, others.length * (contacts.length - 1));
    const before = await latency(fleet, others, probes);

    const poison = ["{", '{"type":"message.send.v9"}', '{"type":"message.send.v1"}'];
    for (const body of poison) await stage.enqueue(0, "poison", newId("event"), body);
    const backlog = context.short ? 300 : 10_000;
    const filling = pMap(Array.from({ length: backlog }), () => traffic.out(busy, target), {
      concurrency: 8,
    });
    const during = await latency(fleet, others, probes);
    await filling;
    const failures: string[] = [];
    if (during > before * slowerLimit + noiseMs) {
      failures.push(`p99 of the others rose from ${before} ms to ${during} ms`);
    }
    await mustBecome(
      "poison becomes dead letters",
      () => stage.sqs.depth(stage.deadLetters).visible === poison.length,
      180_000,
    );
    // The backlog was filled by several at once: the order within it is nobody's promise.
    const verdict = await judge(stage, sessions, { ...traffic.ledger }, 400_000);
    const broken = verdict.broken.filter((text) => !text.includes("out of order"));
    const notes = [`p99 of the others: ${before} ms alone, ${during} ms beside ${backlog} waiting`];
    return { kills: 0, verdict: { ...verdict, broken }, recoveries: [], notes, failures };
  },
};

async function latency(
  { stage, contacts, traffic }: SmallFleet,
  sessions: Session[],
  count: number,
): Promise<number> {
  const taken: number[] = [];
  for (let i = 0; i < count; i += 1) {
    const session = sessions[i % sessions.length];
    const contact = contacts[1 + (i % (contacts.length - 1))];
    if (!session || !contact) continue;
    const from = Date.now();
    const at = traffic.ledger.outgoing.length;
    await traffic.out(session, contact);
    const message = traffic.ledger.outgoing
      .slice(at)
      .find((one) => one.session === session && one.contact === contact);
    const sentAt = () => stage.events.sentAt(message?.messageId ?? "");
    await mustBecome("it is sent", () => sentAt() !== undefined, 60_000);
    taken.push((sentAt() ?? 0) - from);
  }
  return quantile(taken, 0.99);
}
