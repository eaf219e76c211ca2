import type { SeededRandom } from "./seeded-random.ts";

/** What the users of a run do beside sending plain texts; each a probability for one message. */
export type Habits = {
  /** It has a time after which it is not sent any more. */
  expire: number;
};

/** Each seed has its own: in some nobody does anything special. */
export function drawHabits(random: SeededRandom): Habits {
  const some = (most: number) => (random.chance(0.5) ? random.next() * most : 0);
  return { expire: some(0.6) };
}
