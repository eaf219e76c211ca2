import { createHash, randomBytes } from "node:crypto";
import type { Caller } from "#functions/auth/caller.ts";
import { expiryAt } from "./expiry.ts";
import * as items from "./items.ts";
import type { ItemKey, Table } from "./items.ts";

type TicketItem = ItemKey & { caller: Caller; expiresAt: number };

const lifetimeMs = 60_000;

function ticketKey(ticket: string): ItemKey {
  const hash = createHash("sha256").update(ticket).digest("hex");
  return { pk: `ticket#${hash}`, sk: "ticket" };
}

/** A new ticket that stands for the caller, once. `expiresAt` in seconds since 1970. */
export async function create(
  control: Table,
  caller: Caller,
): Promise<{ ticket: string; expiresAt: number }> {
  const ticket = randomBytes(32).toString("base64url");
  const expiresAt = expiryAt(control.now() + lifetimeMs);
  const item: TicketItem = { ...ticketKey(ticket), caller, expiresAt };
  await items.put(control, item);
  return { ticket, expiresAt };
}

/** Who the ticket stands for; of several that show it, one is told. */
export async function redeem(control: Table, ticket: string): Promise<Caller | undefined> {
  return (await items.take<TicketItem>(control, ticketKey(ticket)))?.caller;
}
