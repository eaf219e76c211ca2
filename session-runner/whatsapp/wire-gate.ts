import { setImmediate as nextTurn } from "node:timers/promises";
import type { Journal } from "../journal/journal.ts";

type Done = (error?: Error) => void;

/** The part of a `ws` socket that frames go through. */
export type Wire = {
  send(data: Uint8Array, done?: Done): void;
};

/** Of frames: all have left, none ever will, or some have. */
export type Passing = "left" | "refused" | "mixed";

export type WireGate = {
  /** How many frames it was given so far. */
  count(): number;
  /** What has become of the frames from number `from` (from 0) on; resolves when that is known. */
  passed(from: number): Promise<Passing>;
};

/**
 * Baileys need not wait for its frames to leave: it opens the next message while the receipt of the
 * last one is held, and their steps share an append. Once so many characters are staged for one, it
 * waits until that append begins. Well below what an item can hold (400 KB), with the largest message
 * on top.
 */
const lightWeight = 100_000;

/**
 * Holds each outgoing frame until everything staged in the journal before it is durable, in order.
 * This is what makes "before the wire" and "before the receipt" hold for every frame, whatever code
 * wrote it: encrypted messages, receipts, pairing replies, key uploads. Once the journal has
 * failed, no frame leaves any more.
 */
export function gateWire(wire: Wire, journal: Journal): WireGate {
  const send = wire.send.bind(wire);
  let last: Promise<void> | undefined;
  let count = 0;
  let firstRefused = Number.POSITIVE_INFINITY;

  async function sendAfter(
    number: number,
    before: Promise<void>,
    durable: Promise<void>,
    data: Uint8Array,
    done: Done,
  ): Promise<void> {
    const [, outcome] = await Promise.allSettled([before, durable]);
    if (outcome.status === "fulfilled" && !journal.failed) {
      send(data, done);
      return;
    }
    firstRefused = Math.min(firstRefused, number);
    done(new Error("the journal did not take the step before this frame"));
  }

  async function tellOnceTaken(tell: Done): Promise<void> {
    await journal.whenTaken();
    // Opening messages takes one long turn; the append's request has to be on its way before.
    await nextTurn();
    tell();
  }

  wire.send = (data, done) => {
    const number = count;
    count += 1;
    if (!last && journal.settled) {
      send(data, done);
      return;
    }
    const durable = journal.whenSettled();
    const before = last ?? Promise.resolve();
    const tell = onlyOnce(done);
    const mine = sendAfter(number, before, durable, data, tell);
    last = mine;
    void mine.finally(() => {
      if (last === mine) last = undefined;
    });
    if (journal.stagedWeight <= lightWeight) tell();
    else void tellOnceTaken(tell);
  };

  return {
    count: () => count,
    async passed(from) {
      const upTo = count;
      await last;
      if (firstRefused >= upTo) return "left";
      return firstRefused <= from ? "refused" : "mixed";
    },
  };
}

/** Whoever tells first is heard. */
function onlyOnce(done: Done | undefined): Done {
  let isTold = false;
  return (error) => {
    if (isTold) return;
    isTold = true;
    done?.(error);
  };
}
