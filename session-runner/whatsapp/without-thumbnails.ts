import { proto, unpadRandomMax16 } from "./baileys.ts";

/** A message without a picture in it is smaller; looking costs more than it could save. */
const worthLooking = 1_500;

/** With the event of its message it has to fit into one entry, whatever somebody has put into it. */
const mostKept = 128 * 1024;

/** A message that says nothing, padded. Of one that is larger the event, in the same entry, is all that counts. */
const nothing = Buffer.of(1);

/**
 * The plaintext as it is kept for a redelivery: without the small pictures, which may be ten times the
 * rest and are written unit by unit.
 */
export function withoutThumbnails(plaintext: Uint8Array): Uint8Array {
  if (plaintext.length < worthLooking) return plaintext;
  const message = proto.Message.decode(unpadRandomMax16(plaintext));
  drop(message, 0);
  const bare = proto.Message.encode(message).finish();
  // Padded by one byte that says so.
  return bare.length > mostKept ? nothing : Buffer.concat([bare, Buffer.of(1)]);
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
