// Texts of few characters, which stanzas hold two to a byte.

const dash = 0x2d;
const dot = 0x2e;
const zero = 0x30;
const nine = 0x39;
const a = 0x41;
const f = 0x46;

/**
 * - `nibble`: digits, dashes and dots, as ids, times and phone numbers are.
 * - `hex`: digits and A to F, as the ids of messages are.
 */
export function packingOf(text: string): "nibble" | "hex" | undefined {
  let hasLetter = false;
  let hasSign = false;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code >= zero && code <= nine) continue;
    if (code === dash || code === dot) hasSign = true;
    else if (code >= a && code <= f) hasLetter = true;
    else return undefined;
    if (hasLetter && hasSign) return undefined;
  }
  if (text === "") return undefined;
  return hasLetter ? "hex" : "nibble";
}

/** A packed character's four bits. */
export function valueOf(code: number): number {
  if (code === dash) return 10;
  if (code === dot) return 11;
  return code >= a ? code - a + 10 : code - zero;
}
