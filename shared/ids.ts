import { createHash } from "node:crypto";
import { decodeTime, ulid } from "ulid";
import { z } from "zod";

/** Every public id is `<prefix>_<ULID>`: typed at a glance, sortable by time of creation. */
export const idPrefixes = {
  account: "acc",
  user: "usr",
  key: "key",
  session: "ses",
  message: "msg",
  webhook: "whk",
  template: "tpl",
  media: "med",
  event: "evt",
  delivery: "dlv",
  login: "lgn",
  invitation: "inv",
  audit: "aud",
  bundle: "bnd",
  reply: "rep",
  batch: "bat",
} as const;

export type IdKind = keyof typeof idPrefixes;

const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

export function newId(kind: IdKind, now: number = Date.now()): string {
  return `${idPrefixes[kind]}_${ulid(now)}`;
}

/** The same seed and time give the same id: for things that may be made twice and must be one. */
export function derivedId(kind: IdKind, time: number, seed: string): string {
  const digest = createHash("sha256").update(seed).digest();
  return `${idPrefixes[kind]}_${encodeTime(time)}${encodeRandom(digest)}`;
}

/** Milliseconds since 1970 at which an id was made. */
export function timeOfId(id: string): number {
  return decodeTime(id.slice(id.indexOf("_") + 1));
}

export function idSchema(kind: IdKind): z.ZodString {
  return z
    .string()
    .regex(
      new RegExp(`^${idPrefixes[kind]}_[0-9A-HJKMNP-TV-Z]{26}$`),
      `must be an id like ${idPrefixes[kind]}_01JD3W8Z5N6Q7R8S9T0V1W2X3Y`,
    );
}

/** Before every id of this kind that was made at this time or later, after all others. */
export function firstIdAt(kind: IdKind, time: number): string {
  return `${idPrefixes[kind]}_${encodeTime(Math.max(0, time))}`;
}

function encodeTime(time: number): string {
  let rest = Math.floor(time);
  let text = "";
  for (let i = 0; i < 10; i += 1) {
    text = crockford.charAt(rest % 32) + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}

/** 80 bits as 16 characters of 5 bits. */
function encodeRandom(bytes: Uint8Array): string {
  let text = "";
  let held = 0;
  let bits = 0;
  for (let i = 0; i < 10; i += 1) {
    held = (held << 8) | (bytes[i] ?? 0);
    for (bits += 8; bits >= 5; bits -= 5) text += crockford.charAt((held >> (bits - 5)) & 31);
    held &= (1 << bits) - 1;
  }
  return text;
}
