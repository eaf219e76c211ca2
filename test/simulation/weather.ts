import type { SeededRandom } from "./seeded-random.ts";

/** How likely each fault is while faults last; each a probability for one call or frame. */
export type Weather = {
  /** Faults happen only while true. */
  stormy: boolean;
  throttle: number;
  /** The request never arrives. */
  loseRequest: number;
  /** The work is done, the answer never arrives. */
  loseAnswer: number;
  /** The request takes effect long after its caller gave up. */
  late: number;
  slow: number;
  /** The process ends as it makes this call, before or after the call has left it. */
  crashAtCall: number;
  /** A connection to WhatsApp breaks as a frame passes. */
  breakWire: number;
  /** WhatsApp does not answer a message. */
  loseAck: number;
  /** WhatsApp refuses a message with code 463. */
  refuse: number;
  /** A queue forgets that a message was deleted: it comes again, behind later ones. */
  forgetDeletion: number;
  /** By how many milliseconds a process's timers are late, at most. */
  timerLagMs: number;
};

/** Each seed has its own: some are nearly calm but for one fault, some have everything at once. */
export function drawWeather(random: SeededRandom): Weather {
  const some = (most: number) => (random.chance(0.5) ? random.next() * most : 0);
  return {
    stormy: true,
    throttle: some(0.1),
    loseRequest: some(0.05),
    loseAnswer: some(0.1),
    late: some(0.05),
    slow: some(0.2),
    crashAtCall: some(0.006),
    breakWire: some(0.05),
    loseAck: some(0.1),
    refuse: some(0.05),
    forgetDeletion: some(0.1),
    timerLagMs: random.pick([0, 0, 10, 60, 400]),
  };
}
