// Whose device it is, as its credentials say.
import type { Journal } from "../journal/journal.ts";
import { jidDecode, jidNormalizedUser } from "./baileys.ts";
import type { AuthenticationCreds } from "./baileys.ts";
import { toPhone } from "./contact.ts";

export type Identity = { phone: string | null; lid: string | null; name: string | null };

/** What only a linked device's credentials have; within a string of JSON its quotes are escaped. */
const accountMark = '"account":{';

/** Whether the journal holds a linked device: a thousand may ask at once, and decoding takes 0.1 ms. */
export function isPaired({ fold }: Journal): boolean {
  return fold.creds?.includes(accountMark) ?? false;
}

/** The account's users, by phone and by LID. */
export function usersOf(creds: AuthenticationCreds): string[] {
  return [creds.me?.id, creds.me?.lid].flatMap((jid) => {
    const user = jid ? jidDecode(jid)?.user : undefined;
    return user ? [user] : [];
  });
}

/** The account's addresses, without device. */
export function jidsOf(creds: AuthenticationCreds): string[] {
  return [creds.me?.lid, creds.me?.id].flatMap((jid) => (jid ? [jidNormalizedUser(jid)] : []));
}

/** Who the credentials belong to. */
export function identityOf(creds: AuthenticationCreds): Identity {
  const { id, lid, name } = creds.me ?? { id: undefined };
  return { phone: id ? toPhone(id) : null, lid: lid ?? null, name: name ?? null };
}
