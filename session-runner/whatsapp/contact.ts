import type { Contact } from "#shared/address.ts";
import { isLidUser, isPnUser, jidDecode, jidNormalizedUser } from "./baileys.ts";
import type { WASocket } from "./baileys.ts";

/** A contact from the address that WhatsApp used and the other one, where it gave both. */
export function toContact(jid: string, other?: string): Contact {
  const addresses = [jid, other].flatMap((address) => (address ? [address] : []));
  const phone = addresses.find((address) => isPnUser(address));
  const lid = addresses.find((address) => isLidUser(address));
  return {
    id: jidNormalizedUser(jid),
    phone: phone ? toPhone(phone) : null,
    lid: lid ? jidNormalizedUser(lid) : null,
  };
}

/** `+E.164` of a phone's JID. */
export function toPhone(jid: string): string | null {
  const user = jidDecode(jid)?.user;
  return user ? `+${user}` : null;
}

/** A contact with its other address, where the session has come across it. */
export async function toKnownContact(
  { signalRepository: { lidMapping } }: WASocket,
  jid: string,
): Promise<Contact> {
  const other = isPnUser(jid)
    ? await lidMapping.getLIDForPN(jid)
    : isLidUser(jid)
      ? await lidMapping.getPNForLID(jid)
      : null;
  return toContact(jid, other ?? undefined);
}
