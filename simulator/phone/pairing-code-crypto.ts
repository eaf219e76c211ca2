import { createCipheriv, createDecipheriv, hkdfSync, pbkdf2 } from "node:crypto";
import { promisify } from "node:util";

const iterations = 131_072;
const saltLength = 32;
const ivLength = 16;
const gcmIvLength = 12;
const gcmTagLength = 16;

const deriveFromCode = (code: string, salt: Uint8Array): Promise<Buffer> =>
  promisify(pbkdf2)(code, salt, iterations, 32, "sha256");

/** A public key under the code: salt, iv and the key in AES-CTR. */
export const wrapWithCode = async (
  code: string,
  publicKey: Uint8Array,
  random: (length: number) => Uint8Array,
): Promise<Uint8Array> => {
  const salt = random(saltLength);
  const iv = random(ivLength);
  const cipher = createCipheriv("aes-256-ctr", await deriveFromCode(code, salt), iv);
  return Buffer.concat([salt, iv, cipher.update(publicKey), cipher.final()]);
};

/** With a wrong code this gives other 32 bytes, and nobody notices before the bundle is opened. */
export const unwrapWithCode = async (code: string, wrapped: Uint8Array): Promise<Uint8Array> => {
  const salt = wrapped.subarray(0, saltLength);
  const iv = wrapped.subarray(saltLength, saltLength + ivLength);
  const cipher = createDecipheriv("aes-256-ctr", await deriveFromCode(code, salt), iv);
  return Buffer.concat([cipher.update(wrapped.subarray(saltLength + ivLength)), cipher.final()]);
};

const expand = (secret: Uint8Array, salt: Uint8Array, info: string): Buffer =>
  Buffer.from(hkdfSync("sha256", secret, salt, info, 32));

/** Opens the companion's bundle: its identity key, the phone's, and 32 random bytes. */
export const openKeyBundle = (
  shared: Uint8Array,
  wrapped: Uint8Array,
): { companionIdentity: Uint8Array; primaryIdentity: Uint8Array; random: Uint8Array } => {
  const salt = wrapped.subarray(0, saltLength);
  const iv = wrapped.subarray(saltLength, saltLength + gcmIvLength);
  const sealed = wrapped.subarray(saltLength + gcmIvLength);
  const key = expand(shared, salt, "link_code_pairing_key_bundle_encryption_key");
  const decipher = createDecipheriv("aes-256-gcm", key, iv);
  decipher.setAuthTag(sealed.subarray(-gcmTagLength));
  const bundle = Buffer.concat([
    decipher.update(sealed.subarray(0, -gcmTagLength)),
    decipher.final(),
  ]);
  return {
    companionIdentity: bundle.subarray(0, 32),
    primaryIdentity: bundle.subarray(32, 64),
    random: bundle.subarray(64, 96),
  };
};

export const deriveAdvSecret = (
  ephemeralShared: Uint8Array,
  identityShared: Uint8Array,
  random: Uint8Array,
): Uint8Array =>
  expand(Buffer.concat([ephemeralShared, identityShared, random]), new Uint8Array(0), "adv_secret");
