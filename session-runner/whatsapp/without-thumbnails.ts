import { proto, unpadRandomMax16 } from "./baileys.ts";

/** A message without a picture in it is smaller; looking costs more than it could save. */
const worthLooking = 1_500;

/**
 * The plaintext as it is kept for a redelivery: without the small pictures, which may be ten times the
 * rest and are written unit by unit.
 */
export function withoutThumbnails(plaintext: Uint8Array): Uint8Array {
  if (plaintext.length < worthLooking) return plaintext;
  const message = proto.Message.decode(unpadRandomMax16(plaintext));
  drop(message, 0);
  // Padded by one byte that says so.
  return Buffer.concat([proto.Message.encode(message).finish(), Buffer.of(1)]);
}

const pictures = ["jpegThumbnail", "pngThumbnail"];
const deepest = 8;

function drop(part: object, depth: number): void {
  const members = part as Record<string, unknown>;
  for (const [name, value] of Object.entries(members)) {
    if (pictures.includes(name)) delete members[name];
    else if (isMessage(value) && depth < deepest) drop(value, depth + 1);
  }
}

function isMessage(value: unknown): value is object {
  return typeof value === "object" && value !== null && !(value instanceof Uint8Array);
}
