import type { SessionSettings } from "#shared/contracts/session-settings.ts";

/** Spreads a session's messages as its tenant asked: a few at once, then one at a time. */
export class Pacer {
  pacing: SessionSettings["pacing"] = null;
  #now: () => number;
  /** When the next message is due if none may leave early, in milliseconds since 1970. */
  #dueAt = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Takes the next message's turn; gives the milliseconds until it comes. */
  reserve(): number {
    if (!this.pacing) return 0;
    const gapMs = 60_000 / this.pacing.perMinute;
    const now = this.#now();
    const dueAt = Math.max(this.#dueAt, now);
    this.#dueAt = dueAt + gapMs;
    return Math.max(0, dueAt - gapMs * (this.pacing.burst - 1) - now);
  }
}
