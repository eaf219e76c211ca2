import type { SessionSettings } from "#shared/contracts/session-settings.ts";

/** By how much of itself each pause varies when the tenant does not say: people are no clocks. */
const usualJitter = 0.3;

/** Spreads a session's messages as its tenant asked: a few at once, then one at a time. */
export class Pacer {
  pacing: SessionSettings["pacing"] = null;
  #now: () => number;
  #random: () => number;
  /** When the next message is due if none may leave early, in milliseconds since 1970. */
  #dueAt = 0;

  constructor(now: () => number, random: () => number) {
    this.#now = now;
    this.#random = random;
  }

  /** Takes the next message's turn; gives the milliseconds until it comes. */
  reserve(): number {
    if (!this.pacing) return 0;
    const { burst, jitter = usualJitter } = this.pacing;
    const now = this.#now();
    const dueAt = Math.max(this.#dueAt, now);
    this.#dueAt = dueAt + this.#gapMs * (1 + jitter * (2 * this.#random() - 1));
    return Math.max(0, dueAt - this.#gapMs * (burst - 1) - now);
  }

  /** Takes back the turns that were given and not used; who comes next waits for one. */
  reset(): void {
    const spent = this.pacing ? this.#gapMs * this.pacing.burst : 0;
    this.#dueAt = Math.min(this.#dueAt, this.#now() + spent);
  }

  /** About how long a message waits behind so many others. */
  waitMs(others: number): number {
    if (!this.pacing) return 0;
    const backlog = Math.max(0, this.#dueAt - this.#now());
    return Math.max(0, backlog + this.#gapMs * (others + 1 - this.pacing.burst));
  }

  get #gapMs(): number {
    return this.pacing ? 60_000 / this.pacing.perMinute : 0;
  }
}
