import { setTimeout as sleep } from "node:timers/promises";
import type { Engine } from "../whatsapp/engine.ts";

/** The way to WhatsApp: open while there is a connection, shut for good when the session ends. */
export class Passage {
  #engine: Engine | undefined;
  #isShut = false;
  #wakers = new Set<() => void>();

  get engine(): Engine | undefined {
    return this.#engine;
  }

  open(engine: Engine): void {
    this.#engine = engine;
  }

  /** The connection is gone; it is expected back. */
  close(): void {
    this.#engine = undefined;
  }

  shut(): void {
    this.#engine = undefined;
    this.#isShut = true;
  }

  /** The open connection; undefined when the session ends before there is one. */
  async whenOpen(): Promise<Engine | undefined> {
    while (!this.#engine && !this.#isShut) {
      await new Promise<void>((resolve) => this.#wakers.add(resolve));
    }
    return this.#engine;
  }

  /** Ends early when everything is to be looked at again. */
  async pause(waitMs: number): Promise<void> {
    if (waitMs === 0) return;
    const woken = Promise.withResolvers<void>();
    this.#wakers.add(woken.resolve);
    const done = new AbortController();
    const { signal } = done;
    await Promise.race([
      woken.promise,
      sleep(waitMs, undefined, { signal }).catch(() => undefined),
    ]);
    done.abort();
    this.#wakers.delete(woken.resolve);
  }

  /** Has all that wait here look again. */
  wake(): void {
    for (const wake of this.#wakers) wake();
    this.#wakers.clear();
  }
}
