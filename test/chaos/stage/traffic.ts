// People talking while things break: messages out and in, one after another, so that the order of
// acceptance is known.
import { setTimeout as sleep } from "node:timers/promises";
import type { SeededRandom } from "#test/simulation/seeded-random.ts";
import type { Phone } from "#simulator/phone/phone.ts";
import { emptyLedger } from "./ledger.ts";
import type { Ledger } from "./ledger.ts";
import type { Session } from "./session.ts";
import type { Stage } from "./stage.ts";

export type Traffic = {
  ledger: Ledger;
  out(session: Session, contact: Phone): Promise<void>;
  in(session: Session, contact: Phone): Promise<void>;
  /** One message, in some direction, between some two. */
  any(): Promise<void>;
  /** Messages at this mean distance until it is stopped. */
  flow(meanMs: number): Flow;
};

export type Flow = AsyncDisposable & { stop(): Promise<void> };

export type TrafficOptions = {
  sessions: Session[];
  contacts: Phone[];
  random: SeededRandom;
};

export async function createContacts(stage: Stage, count: number): Promise<Phone[]> {
  return Promise.all(
    Array.from({ length: count }, (_, i) => stage.simulator.createPhone({ name: `Contact ${i}` })),
  );
}

export function createTraffic({ sessions, contacts, random }: TrafficOptions): Traffic {
  const ledger = emptyLedger();
  let count = 0;

  async function out(session: Session, contact: Phone): Promise<void> {
    const text = `out ${(count += 1)}`;
    const accepted = await session.say(`${contact.number}@s.whatsapp.net`, text);
    ledger.outgoing.push({ session, contact, text, at: Date.now(), ...accepted });
  }

  async function incoming(session: Session, contact: Phone): Promise<void> {
    const text = `in ${(count += 1)}`;
    ledger.incoming.push({ session, contact, text });
    await contact.say(session.phone.number, text);
  }

  async function any(): Promise<void> {
    const session = random.pick(sessions);
    const contact = random.pick(contacts);
    await (random.chance(0.6) ? out(session, contact) : incoming(session, contact));
  }

  return {
    ledger,
    out,
    in: incoming,
    any,
    flow(meanMs) {
      const stopping = new AbortController();
      const { signal } = stopping;
      const flowing = (async () => {
        while (!signal.aborted) {
          await any();
          await sleep(random.next() * 2 * meanMs, undefined, { signal }).catch(() => undefined);
        }
      })();
      // Whoever stops it hears of it.
      flowing.catch(() => undefined);
      const stop = () => {
        stopping.abort();
        return flowing;
      };
      return { stop, [Symbol.asyncDispose]: () => stop().catch(() => undefined) };
    },
  };
}
