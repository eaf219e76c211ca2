import type { SessionSettings } from "#shared/contracts/session-settings.ts";
import type { SeededRandom } from "./seeded-random.ts";

/** What the users of a run do beside sending plain texts at once. */
export type Habits = {
  /** How likely a message has a time after which it is not sent any more. */
  expire: number;
  /** How likely it is for later. */
  schedule: number;
  /** How likely one for later is cancelled when another message is sent. */
  cancel: number;
  /** How many batches they make. */
  batches: number;
  /** How likely a session has a pace. */
  pace: number;
  /** So many messages at once for one session; mostly none. */
  burst: number;
};

/** Each seed has its own: in some nobody does anything special. */
export function drawHabits(random: SeededRandom): Habits {
  const some = (most: number) => (random.chance(0.5) ? random.next() * most : 0);
  return {
    expire: some(0.6),
    schedule: some(0.6),
    cancel: some(1),
    batches: random.chance(0.4) ? random.integer(1, 3) : 0,
    pace: some(0.6),
    burst: drawBurst(random),
  };
}

/** More than the outbox keeps of a session that is not connected, or even of one that is: rare, for such runs take long. */
function drawBurst(random: SeededRandom): number {
  if (random.chance(0.005)) return random.integer(510, 560);
  return random.chance(0.02) ? random.integer(105, 150) : 0;
}

/** Quick enough for a run to come to its end. */
export function drawPacing(random: SeededRandom): NonNullable<SessionSettings["pacing"]> {
  const perMinute = random.pick([20, 60, 300, 600]);
  return { perMinute, burst: random.integer(1, 5), jitter: random.next() };
}
