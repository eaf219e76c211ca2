import type { SeededRandom } from "./seeded-random.ts";

/** What the users of a run do beside sending plain texts at once. */
export type Habits = {
  /** How likely a message has a time after which it is not sent any more. */
  expire: number;
  /** How likely it is for later. */
  schedule: number;
  /** How likely one for later is cancelled when another message is sent. */
  cancel: number;
  /** How many of them they make. */
  batches: number;
};

/** Each seed has its own: in some nobody does anything special. */
export function drawHabits(random: SeededRandom): Habits {
  const some = (most: number) => (random.chance(0.5) ? random.next() * most : 0);
  return {
    expire: some(0.6),
    schedule: some(0.6),
    cancel: some(1),
    batches: random.chance(0.4) ? random.integer(1, 3) : 0,
  };
}
