import { setTimeout as sleep } from "node:timers/promises";
import type { Closing } from "../whatsapp/engine.ts";
import { backOffMs, RecentCount } from "./back-off.ts";
import type { SessionDeps } from "./deps.ts";
import type { LifeEnd } from "./life-end.ts";
import { reactionTo } from "./reactions.ts";

/** Whatever happens, WhatsApp sees no more connects of one session than this. */
const connectsPerMinute = 6;

/** Decides whether and when a session connects again. */
export class Reconnection {
  #failures = 0;
  #waitMs = 0;
  #connects: RecentCount;
  #parkable = new Map<number, RecentCount>();
  #interruption = new AbortController();
  #deps: Pick<SessionDeps, "now" | "random">;

  constructor(deps: Pick<SessionDeps, "now" | "random">) {
    this.#deps = deps;
    this.#connects = new RecentCount(60_000, deps.now);
  }

  /**
   * Waits until the next connect may start. Somebody who asks cuts the back-off short; the limit of
   * logins is cut short by nothing but the session's end. Linking has its own limit: its attempts.
   */
  async turn(options: { paired: boolean; isOver: () => boolean }): Promise<void> {
    const waitMs = this.#waitMs;
    this.#waitMs = 0;
    if (waitMs > 0) await this.#sleep(waitMs);
    while (options.paired && !options.isOver()) {
      const limitMs = this.#connects.waitFor(connectsPerMinute);
      if (limitMs === 0) break;
      await this.#sleep(limitMs);
    }
    this.#connects.add();
  }

  /** Someone asks for the connection now: the present wait, if any, is over. */
  interrupt(): void {
    this.#interruption.abort();
    this.#interruption = new AbortController();
  }

  opened(): void {
    this.#failures = 0;
  }

  /** What follows from a closed connection: an ending, or another try. */
  after(closing: Closing, paired: boolean): LifeEnd | undefined {
    const reaction = reactionTo(closing.code, closing.byServer);
    if (reaction.kind === "end") {
      const { state, reason, detail } = reaction;
      return { kind: "ended", state, reason, detail };
    }
    // While linking, the attempts and their window are the limit.
    if (reaction.kind === "restart" || !paired) return undefined;
    if (reaction.parkAfter > 0 && this.#count(closing.code) >= reaction.parkAfter) {
      const reason = closing.code === 440 ? "replaced_elsewhere" : "crash_loop";
      const detail = `The connection ended with code ${closing.code} again and again: ${closing.message}`;
      return { kind: "ended", state: "error", reason, detail };
    }
    this.#waitMs = backOffMs(this.#failures, this.#deps.random);
    this.#failures += 1;
    return undefined;
  }

  #count(code: number): number {
    let recent = this.#parkable.get(code);
    if (!recent) {
      recent = new RecentCount(600_000, this.#deps.now);
      this.#parkable.set(code, recent);
    }
    return recent.add();
  }

  async #sleep(waitMs: number): Promise<void> {
    const { signal } = this.#interruption;
    await sleep(waitMs, undefined, { signal }).catch(() => undefined);
  }
}
