import { z } from "zod";

/** A WhatsApp address in the one form that we store and send: a JID. */
export type Address = { kind: "phone" | "lid" | "group"; jid: string };

/** The rule in words, for errors. */
const addressRule =
  "must be a phone of 10 to 15 digits (+14155550123 or 14155550123), or an address ending in @s.whatsapp.net, @c.us, @g.us or @lid";

/** Undefined when the text is no address by {@link addressRule}. */
export function findAddress(text: string): Address | undefined {
  const phone = /^\+?(\d{10,15})(?:@(?:s\.whatsapp\.net|c\.us))?$/.exec(text)?.[1];
  if (phone !== undefined && !phone.startsWith("0")) {
    return { kind: "phone", jid: `${phone}@s.whatsapp.net` };
  }
  const lid = /^(\d{6,20})@lid$/.exec(text)?.[1];
  if (lid !== undefined) return { kind: "lid", jid: `${lid}@lid` };
  const group = /^(\d{10,20}(?:-\d{6,12})?)@g\.us$/.exec(text)?.[1];
  if (group !== undefined) return { kind: "group", jid: `${group}@g.us` };
  return undefined;
}

export function isGroup(jid: string): boolean {
  return jid.endsWith("@g.us");
}

/** Whether it is no chat but something that one publishes and many read: a status, a list, a channel. */
export function isPublished(jid: string): boolean {
  return /@(?:broadcast|newsletter)$/.test(jid);
}

/** Accepts every address form, gives the JID. */
export const recipientSchema = z
  .string()
  .max(64)
  .refine((text) => findAddress(text) !== undefined, addressRule);

/** @throws {RangeError} when the text is no address; the edge has checked it before. */
export function requireAddress(text: string): Address {
  const address = findAddress(text);
  if (!address) throw new RangeError(`not a WhatsApp address: ${addressRule}`);
  return address;
}

export const contactSchema = z.object({
  id: z.string().describe("The address that WhatsApp used"),
  phone: z.string().nullable().describe("+E.164 where known"),
  lid: z.string().nullable().describe("The account's LID address where known"),
});

/** Both addresses of a contact, where known. */
export type Contact = z.infer<typeof contactSchema>;

/** A contact of whom one address is known, a JID. */
export function contactOf(jid: string): Contact {
  const isPhone = jid.endsWith("@s.whatsapp.net");
  return {
    id: jid,
    phone: isPhone ? `+${jid.split("@")[0]}` : null,
    lid: jid.endsWith("@lid") ? jid : null,
  };
}

/**
 * The one address under which a contact is kept, whichever WhatsApp used: its phone where known, for
 * that is what callers send to.
 */
export function keptAddress({ id, phone }: Contact): string {
  return phone === null ? id : `${phone.slice(1)}@s.whatsapp.net`;
}
