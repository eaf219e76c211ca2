/** Limits of linking a phone: a QR code is never shown for ever. */
export type PairingLimits = {
  maxAttempts: number;
  /** Milliseconds from the first connect. */
  windowMs: number;
};

/** How long WhatsApp lets a code live: the first of a socket, then the others. */
const codeLifeMs = { first: 60_000, later: 20_000 };

/** A code to type lives as long as the socket's QR codes together. */
const typedCodeLifeMs = 160_000;

/** One run of attempts at linking: a socket an attempt, several codes a socket. */
export class Pairing {
  attempt = 0;
  /** Whether WhatsApp has given a code in any attempt. */
  reached = false;
  endsAt: number;
  #limits: PairingLimits;
  #codes = 0;
  #now: () => number;

  constructor(limits: PairingLimits, now: () => number) {
    this.#limits = limits;
    this.#now = now;
    this.endsAt = now() + limits.windowMs;
  }

  get maxAttempts(): number {
    return this.#limits.maxAttempts;
  }

  /** Begins the next attempt; says why not when there is none left. */
  next(): "go" | "attempts" | "window" {
    if (this.#now() >= this.endsAt) return "window";
    if (this.attempt >= this.#limits.maxAttempts) return "attempts";
    this.attempt += 1;
    this.#codes = 0;
    return "go";
  }

  /** When the code that has just come stops working, in milliseconds since 1970. */
  codeExpiresAt(): number {
    const life = this.#codes === 0 ? codeLifeMs.first : codeLifeMs.later;
    this.#codes += 1;
    return Math.min(this.#now() + life, this.endsAt);
  }

  /** The same for a code to type. */
  typedCodeExpiresAt(): number {
    return Math.min(this.#now() + typedCodeLifeMs, this.endsAt);
  }
}
