import pMap from "p-map";
import { quantile } from "#test/chaos/stage/outages.ts";
import type { Accepted, Session } from "#test/chaos/stage/session.ts";
import type { Stage } from "#test/chaos/stage/stage.ts";
import { mustBecome } from "#test/chaos/stage/wait-until.ts";

export type MessageFigures = {
  oneSessionPerSecond: number;
  manySessions: number;
  manySessionsPerSecond: number;
  latencyP50Ms: number;
  latencyP99Ms: number;
};

const chats = 30;
const burst = 600;
const singles = 150;
const patienceMs = 180_000;

/** From the API's acceptance to the server's acknowledgement. */
export async function measureMessages(stage: Stage, sessions: Session[]): Promise<MessageFigures> {
  const contacts = await Promise.all(
    Array.from({ length: chats }, () => stage.simulator.createPhone()),
  );
  const addresses = contacts.map(({ number }) => `${number}@s.whatsapp.net`);
  const many = sessions.slice(0, 100);
  const [one] = many;
  if (!one) throw new Error("there is no session");

  async function run(count: number, pick: (i: number) => [Session, string]): Promise<number> {
    const from = Date.now();
    const accepted = await pMap(
      Array.from({ length: count }, (_, i) => i),
      (i) => {
        const [session, to] = pick(i);
        return session.say(to, `message ${i}`);
      },
      { concurrency: 50 },
    );
    const sentAt = ({ messageId }: Accepted) => stage.events.sentAt(messageId);
    await mustBecome(
      "all are sent",
      () => accepted.every((message) => sentAt(message) !== undefined),
      patienceMs,
    );
    const last = Math.max(...accepted.map((message) => sentAt(message) ?? 0));
    return (count * 1_000) / (last - from);
  }

  const toOf = (i: number) => addresses[i % chats] ?? "";
  const sessionOf = (i: number) => many[i % many.length] ?? one;
  // New chats fetch keys once; that is not what a message costs.
  await run(chats, (i) => [one, toOf(i)]);
  await run(many.length, (i) => [sessionOf(i), toOf(0)]);
  const oneSessionPerSecond = await run(burst, (i) => [one, toOf(i)]);
  const manySessionsPerSecond = await run(burst, (i) => [sessionOf(i), toOf(0)]);

  const latencies: number[] = [];
  for (let i = 0; i < singles; i += 1) {
    const from = Date.now();
    const { messageId } = await sessionOf(i).say(toOf(0), `single ${i}`);
    const isSent = () => stage.events.sentAt(messageId) !== undefined;
    await mustBecome("it is sent", isSent, patienceMs);
    latencies.push((stage.events.sentAt(messageId) ?? 0) - from);
  }
  return {
    oneSessionPerSecond,
    manySessions: many.length,
    manySessionsPerSecond,
    latencyP50Ms: quantile(latencies, 0.5),
    latencyP99Ms: quantile(latencies, 0.99),
  };
}
