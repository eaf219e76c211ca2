import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createSecretKey,
  hkdfSync,
  type KeyObject,
} from "node:crypto";

const tagLength = 16;
const noBytes = new Uint8Array(0);

const nonce = (counter: number): Uint8Array => {
  const iv = new Uint8Array(12);
  new DataView(iv.buffer).setUint32(8, counter);
  return iv;
};

const seal = (key: KeyObject, counter: number, plaintext: Uint8Array, aad: Uint8Array) => {
  const cipher = createCipheriv("aes-256-gcm", key, nonce(counter));
  cipher.setAAD(aad);
  return Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
};

const open = (key: KeyObject, counter: number, sealed: Uint8Array, aad: Uint8Array) => {
  if (sealed.length < tagLength) throw new Error("ciphertext is shorter than its tag");
  const end = sealed.length - tagLength;
  const decipher = createDecipheriv("aes-256-gcm", key, nonce(counter));
  decipher.setAAD(aad);
  decipher.setAuthTag(sealed.subarray(end));
  return Buffer.concat([decipher.update(sealed.subarray(0, end)), decipher.final()]);
};

// A key object made once: raw bytes would be imported again for every frame, at four times the cost.
/** One direction of an established connection: a key and a counter. */
export type TransportCipher = (bytes: Uint8Array) => Buffer;

const makeSealer = (key: KeyObject): TransportCipher => {
  let counter = 0;
  return (plaintext) => seal(key, counter++, plaintext, noBytes);
};

const makeOpener = (key: KeyObject): TransportCipher => {
  let counter = 0;
  return (sealed) => open(key, counter++, sealed, noBytes);
};

/** Full handshake, resumption with a known server key, and its fallback to the full one. */
export type HandshakePattern = "XX" | "IK" | "XXfallback";

const hashLength = 32;

/** Noise starts with its protocol's name: padded when short, hashed when long. */
const initialHash = (pattern: HandshakePattern): Buffer => {
  const name = Buffer.from(`Noise_${pattern}_25519_AESGCM_SHA256`);
  if (name.length > hashLength) return createHash("sha256").update(name).digest();
  return Buffer.concat([name], hashLength);
};

/** Noise's symmetric state over 25519, AES-GCM and SHA-256. */
export const makeHandshakeState = (prologue: Uint8Array, pattern: HandshakePattern = "XX") => {
  let hash = initialHash(pattern);
  let salt = hash;
  let key = createSecretKey(hash);
  let counter = 0;

  const mixHash = (bytes: Uint8Array): void => {
    hash = createHash("sha256").update(hash).update(bytes).digest();
  };
  const derive = (input: Uint8Array): [Buffer, Buffer] => {
    const bytes = Buffer.from(hkdfSync("sha256", input, salt, noBytes, 64));
    return [bytes.subarray(0, 32), bytes.subarray(32)];
  };
  mixHash(prologue);

  return {
    mixHash,
    mixKey: (secret: Uint8Array): void => {
      const [nextSalt, nextKey] = derive(secret);
      salt = nextSalt;
      key = createSecretKey(nextKey);
      counter = 0;
    },
    seal: (plaintext: Uint8Array): Buffer => {
      const sealed = seal(key, counter++, plaintext, hash);
      mixHash(sealed);
      return sealed;
    },
    open: (sealed: Uint8Array): Buffer => {
      const plaintext = open(key, counter++, sealed, hash);
      mixHash(sealed);
      return plaintext;
    },
    /** Ends the handshake; the first key belongs to the client's direction. */
    split: (): { openClient: TransportCipher; sealServer: TransportCipher } => {
      const [client, server] = derive(noBytes);
      return {
        openClient: makeOpener(createSecretKey(client)),
        sealServer: makeSealer(createSecretKey(server)),
      };
    },
    /** The same for who began: what it seals, the server opens. */
    splitForClient: (): { sealClient: TransportCipher; openServer: TransportCipher } => {
      const [client, server] = derive(noBytes);
      return {
        sealClient: makeSealer(createSecretKey(client)),
        openServer: makeOpener(createSecretKey(server)),
      };
    },
  };
};
