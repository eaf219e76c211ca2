import { z } from "zod";
import { findAddress } from "../address.ts";
import { maxVcardLength } from "./message-limits.ts";

/** A contact in words, for those who have no vCard at hand. */
export const contactCardSchema = z.strictObject({
  name: z.string().trim().min(1, "must not be empty").max(200),
  phone: z
    .string()
    .refine((text) => findAddress(text)?.kind === "phone", "must be a phone of 10 to 15 digits"),
  organization: z.string().min(1).max(200).optional(),
  email: z.email().max(254).optional(),
});

export type ContactCard = z.infer<typeof contactCardSchema>;

/** A vCard as WhatsApp takes it: whole, with a version and a name. */
export const vcardSchema = z
  .string()
  .max(maxVcardLength)
  .refine(isVcard, "must be a vCard: BEGIN:VCARD, VERSION, FN with a name, END:VCARD, a line each");

function isVcard(text: string): boolean {
  const lines = text.trim().split(/\r?\n/);
  return (
    /^BEGIN:VCARD$/i.test(lines[0] ?? "") &&
    /^END:VCARD$/i.test(lines.at(-1) ?? "") &&
    lines.filter((line) => /^(BEGIN|END):VCARD$/i.test(line)).length === 2 &&
    lines.some((line) => /^VERSION:\d\.\d$/i.test(line)) &&
    vcardName(text) !== undefined &&
    lines.every((line) => /^[ \t]|^[A-Za-z0-9.-]+[;:]/.test(line))
  );
}

/** The name that a vCard shows. */
export function vcardName(vcard: string): string | undefined {
  const name = /^FN(?:;[^:\r\n]*)?:(.*)$/im.exec(vcard)?.[1]?.trim();
  return name === "" ? undefined : name?.replaceAll(/\\([\\,;])/g, "$1");
}

/** The vCard that WhatsApp's clients make of such a contact: `waid` opens a chat with it. */
export function toVcard({ name, phone, organization, email }: ContactCard): string {
  const digits = findAddress(phone)?.jid.split("@")[0] ?? "";
  return [
    "BEGIN:VCARD",
    "VERSION:3.0",
    `FN:${escapeVcardText(name)}`,
    ...(organization === undefined ? [] : [`ORG:${escapeVcardText(organization)};`]),
    `TEL;type=CELL;type=VOICE;waid=${digits}:+${digits}`,
    ...(email === undefined ? [] : [`EMAIL:${escapeVcardText(email)}`]),
    "END:VCARD",
  ].join("\n");
}

/** As a value of a vCard, on one line. */
export function escapeVcardText(text: string): string {
  return text.replaceAll(/[\\,;]/g, String.raw`\$&`).replaceAll(/\s*[\r\n]+\s*/g, " ");
}
