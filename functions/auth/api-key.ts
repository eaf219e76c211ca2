// An API key is `waf_live_<random>_<checksum>`: 32 base62 characters (190 bits) and the CRC-32 of
// them, so that a mistyped key is refused without asking the database, and a secret scanner can
// tell a real one from a look-alike.
import { createHash, randomInt } from "node:crypto";
import { crc32 } from "node:zlib";

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const keyPrefix = "waf_live_";
const randomLength = 32;
const checksumLength = 6;
const shownCharacters = keyPrefix.length + 4;

export function mintApiKey(): string {
  let random = "";
  for (let i = 0; i < randomLength; i += 1) random += alphabet.charAt(randomInt(alphabet.length));
  return `${keyPrefix}${random}_${checksum(random)}`;
}

/** Whether a credential is meant as an API key; it need not be a good one. */
export function looksLikeApiKey(text: string): boolean {
  return text.startsWith("waf_");
}

export function isWellFormed(key: string): boolean {
  const parts = /^waf_live_([0-9A-Za-z]{32})_([0-9A-Za-z]{6})$/.exec(key);
  return parts !== null && checksum(parts[1] ?? "") === parts[2];
}

/** At rest: 190 random bits need no slow hash. */
export function hashApiKey(key: string): string {
  return createHash("sha256").update(key).digest("hex");
}

/** Enough to recognise a key by, too little to use. */
export function shownPrefix(key: string): string {
  return key.slice(0, shownCharacters);
}

function checksum(text: string): string {
  let rest = crc32(text);
  let digits = "";
  for (let i = 0; i < checksumLength; i += 1) {
    digits = alphabet.charAt(rest % alphabet.length) + digits;
    rest = Math.floor(rest / alphabet.length);
  }
  return digits;
}
