// How fast a runner's process sends and receives, and what that costs it.
import pMap from "p-map";
import type { Phone } from "#simulator/phone/phone.ts";
import type { Runner } from "#test/chaos/stage/runner.ts";
import type { Accepted, Session } from "#test/chaos/stage/session.ts";
import type { Stage } from "#test/chaos/stage/stage.ts";
import { mustBecome } from "#test/chaos/stage/wait-until.ts";
import { toRate } from "./fleet-rate.ts";
import type { Rate } from "./fleet-rate.ts";

export type MeasuredRunner = {
  stage: Stage;
  runner: Runner;
  /** CPU seconds that its process has used so far. */
  usage: () => Promise<number>;
};

const patienceMs = 180_000;

/** The runner stands still while the messages are accepted: what counts is how it sends them. */
export async function sendThroughRunner(
  { stage, runner, usage }: MeasuredRunner,
  count: number,
  pick: (i: number) => [Session, string],
): Promise<Rate> {
  const before = await usage();
  runner.signal("SIGSTOP");
  const accepted = await pMap(
    Array.from({ length: count }, (_, i) => i),
    (i) => {
      const [session, to] = pick(i);
      return session.say(to, `message ${i}`);
    },
    { concurrency: 50 },
  );
  const from = Date.now();
  runner.signal("SIGCONT");
  const sentAt = ({ messageId }: Accepted) => stage.events.sentAt(messageId);
  await mustBecome(
    "all are sent",
    () => accepted.every((message) => sentAt(message) !== undefined),
    patienceMs,
  );
  const last = Math.max(...accepted.map((message) => sentAt(message) ?? 0));
  return toRate(count, last - from, (await usage()) - before);
}

/**
 * From the contacts to one session; until the queue has the event of each. The runner stands still
 * while the phones encrypt them.
 */
export async function receiveInRunner(
  { stage, runner, usage }: MeasuredRunner,
  { sessionId, phone }: Session,
  contacts: Phone[],
  texts: string[],
): Promise<Rate> {
  const before = await usage();
  runner.signal("SIGSTOP");
  await pMap(texts, (text, i) => contacts[i % contacts.length]?.say(phone.number, text), {
    concurrency: 50,
  });
  const from = Date.now();
  runner.signal("SIGCONT");
  await mustBecome(
    "all are reported",
    () => texts.every((text) => stage.events.received(sessionId, text) > 0),
    patienceMs,
  );
  return toRate(texts.length, Date.now() - from, (await usage()) - before);
}
