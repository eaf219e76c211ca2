import type { Journal } from "../journal/journal.ts";

/** The part of a `ws` socket that frames go through. */
export type Wire = {
  send(data: Uint8Array, done?: (error?: Error) => void): void;
};

/**
 * Holds each outgoing frame until everything staged in the journal before it is durable, in order.
 * This is what makes "before the wire" and "before the receipt" hold for every frame, whatever code
 * wrote it: encrypted messages, receipts, pairing replies, key uploads. Once the journal has
 * failed, no frame leaves any more.
 */
export function gateWire(wire: Wire, journal: Journal): void {
  const send = wire.send.bind(wire);
  let last: Promise<void> | undefined;

  async function sendAfter(
    before: Promise<void>,
    durable: Promise<void>,
    data: Uint8Array,
    done: Parameters<Wire["send"]>[1],
  ): Promise<void> {
    const [, outcome] = await Promise.allSettled([before, durable]);
    if (outcome.status === "fulfilled" && !journal.failed) send(data, done);
    else done?.(new Error("the journal did not take the step before this frame"));
  }

  wire.send = (data, done) => {
    if (!last && journal.settled) {
      send(data, done);
      return;
    }
    const durable = journal.whenSettled();
    const before = last ?? Promise.resolve();
    const mine = sendAfter(before, durable, data, done);
    last = mine;
    void mine.finally(() => {
      if (last === mine) last = undefined;
    });
  };
}
