type CardPhone = {
  phone: string;
  /** Where it is written to, when the card says that it is on WhatsApp. */
  chat: string | undefined;
};

/** The phones of a vCard, as it spells them. */
export function vcardPhones(vcard: string): CardPhone[] {
  const lines = vcard.matchAll(/^(?:item\d+\.)?TEL([^:\r\n]*):([^\r\n]+)/gim);
  return Array.from(lines, ([, parameters = "", phone = ""]) => {
    const [, digits] = /waid=(\d{10,15})/i.exec(parameters) ?? [];
    return { phone, chat: digits === undefined ? undefined : `${digits}@s.whatsapp.net` };
  });
}
