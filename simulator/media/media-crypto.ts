// How WhatsApp encrypts files: AES-CBC, then the first ten bytes of an HMAC, both keys from one media key.
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  timingSafeEqual,
} from "node:crypto";

/** What a file is, which decides what its keys are derived for. */
export type MediaKind = keyof typeof purposes;

const purposes = {
  image: "WhatsApp Image Keys",
  sticker: "WhatsApp Image Keys",
  video: "WhatsApp Video Keys",
  audio: "WhatsApp Audio Keys",
  document: "WhatsApp Document Keys",
  history: "WhatsApp History Keys",
  "app-state": "WhatsApp App State Keys",
} as const;

export type MediaSecrets = {
  mediaKey: Uint8Array;
  fileSha256: Uint8Array;
  fileEncSha256: Uint8Array;
  fileLength: number;
};

const macLength = 10;

const deriveKeys = (mediaKey: Uint8Array, kind: MediaKind) => {
  const keys = Buffer.from(hkdfSync("sha256", mediaKey, "", purposes[kind], 112));
  return { iv: keys.subarray(0, 16), cipher: keys.subarray(16, 48), mac: keys.subarray(48, 80) };
};

const sha256 = (bytes: Uint8Array): Buffer => createHash("sha256").update(bytes).digest();

const macOf = (keys: ReturnType<typeof deriveKeys>, ciphertext: Uint8Array): Buffer =>
  createHmac("sha256", keys.mac).update(keys.iv).update(ciphertext).digest().subarray(0, macLength);

/** The file as it goes to the media host, and what its recipient needs to read it. */
export const encryptMedia = (
  file: Uint8Array,
  kind: MediaKind,
  mediaKey: Uint8Array,
): { blob: Buffer; secrets: MediaSecrets } => {
  const keys = deriveKeys(mediaKey, kind);
  const cipher = createCipheriv("aes-256-cbc", keys.cipher, keys.iv);
  const ciphertext = Buffer.concat([cipher.update(file), cipher.final()]);
  const blob = Buffer.concat([ciphertext, macOf(keys, ciphertext)]);
  const hashes = { fileSha256: sha256(file), fileEncSha256: sha256(blob) };
  return { blob, secrets: { mediaKey, ...hashes, fileLength: file.length } };
};

const assertSame = (actual: Uint8Array, expected: Uint8Array | null | undefined, what: string) => {
  if (expected?.length && Buffer.compare(actual, expected) !== 0)
    throw new Error(`the ${what} of the downloaded file is not the one in its message`);
};

/** The file inside a blob; throws unless both hashes and the MAC hold. */
export const decryptMedia = (
  blob: Uint8Array,
  kind: MediaKind,
  secrets: {
    mediaKey?: Uint8Array | null;
    fileSha256?: Uint8Array | null;
    fileEncSha256?: Uint8Array | null;
  },
): Buffer => {
  if (!secrets.mediaKey?.length) throw new Error("the message has no media key");
  assertSame(sha256(blob), secrets.fileEncSha256, "hash");
  const keys = deriveKeys(secrets.mediaKey, kind);
  const ciphertext = blob.subarray(0, -macLength);
  if (!timingSafeEqual(macOf(keys, ciphertext), blob.subarray(-macLength)))
    throw new Error("the MAC of the downloaded file is wrong");
  const decipher = createDecipheriv("aes-256-cbc", keys.cipher, keys.iv);
  const file = Buffer.concat([decipher.update(ciphertext), decipher.final()]);
  assertSame(sha256(file), secrets.fileSha256, "plaintext hash");
  return file;
};
