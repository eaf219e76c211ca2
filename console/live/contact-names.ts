import type { Answer } from "#client/operation.ts";

type KnownContact = Answer<"listContacts">["data"][number];

export type Contact = KnownContact["contact"];

/** The one address that a person's messages are kept under: the phone where it is known. */
export function keptAddress({ id, phone }: Contact): string {
  return phone === null ? id : `${phone.slice(1)}@s.whatsapp.net`;
}

/** The phone of an address where it has one. */
export function fallbackName(address: string): string {
  const [, phone] = /^(\d+)(?::\d+)?@s\.whatsapp\.net$/.exec(address) ?? [];
  return phone === undefined ? address : `+${phone}`;
}

/** As the address book has it, else as people call themselves. */
export function nameOf(known: {
  contact: Contact;
  name: string | null;
  pushName: string | null;
  subject?: string | null;
}): string {
  const { contact, name, pushName, subject = null } = known;
  return subject ?? name ?? pushName ?? contact.phone ?? fallbackName(contact.id);
}

/** Names by every address that people are known under. */
export type Names = {
  of: (contact: Contact | null) => string;
  /** Undefined for whom nothing but the address is known. */
  at: (address: string) => string | undefined;
  /** The text with the numbers of those it mentions turned into names. */
  inText: (text: string, mentions: readonly string[]) => string;
};

/** `alike` are people of whom more addresses are known than where their names are from. */
export function toNames(known: readonly KnownContact[], alike: readonly Contact[] = []): Names {
  const names = new Map<string, string>();
  for (const each of known) {
    for (const address of addressesOf(each.contact)) names.set(address, nameOf(each));
  }
  for (const contact of alike) {
    const addresses = addressesOf(contact);
    const name = addresses.map((address) => names.get(address)).find(Boolean);
    if (name !== undefined) for (const address of addresses) names.set(address, name);
  }
  const at = (address: string) => names.get(address);
  const named = (address: string) => at(address) ?? fallbackName(address);
  return {
    at,
    of: (contact) =>
      contact === null
        ? ""
        : (names.get(contact.id) ?? names.get(keptAddress(contact)) ?? nameless(contact)),
    inText: (text, mentions) =>
      mentions.reduce(
        (so, address) => so.replaceAll(`@${address.split("@")[0]}`, `@${named(address)}`),
        text,
      ),
  };
}

function addressesOf(contact: Contact): string[] {
  return [contact.id, keptAddress(contact), ...(contact.lid === null ? [] : [contact.lid])];
}

function nameless({ id, phone }: Contact): string {
  return phone ?? fallbackName(id);
}
