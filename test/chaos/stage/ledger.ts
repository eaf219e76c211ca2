import type { Phone } from "#simulator/phone/phone.ts";
import type { Accepted, Session } from "./session.ts";

/** A message that was accepted for sending. */
export type Outgoing = { session: Session; contact: Phone; text: string; at: number } & Accepted;

/** A message that a contact sent to a session. */
export type Incoming = { session: Session; contact: Phone; text: string };

/** All that was asked of the fleet: what the verdict is made from. */
export type Ledger = { outgoing: Outgoing[]; incoming: Incoming[] };

export function emptyLedger(): Ledger {
  return { outgoing: [], incoming: [] };
}
