import {
  generateIdentityKeyPair,
  generatePreKey,
  generateRegistrationId,
  generateSignedPreKey,
  type KeyPair,
  type SignedPreKey,
} from "whatsapp-rust-bridge";
import type { KeyBundle } from "../accounts/account.ts";
import type { PreKey } from "../accounts/pre-key-pool.ts";
import { fromSignalKey } from "../noise/curve.ts";

/** A phone's own Signal keys, private halves included. */
export type SignalKeys = {
  identity: KeyPair;
  registrationId: number;
  signedPreKey: SignedPreKey;
  nextPreKeyId: number;
};

const plainPair = ({ pubKey, privKey }: KeyPair): KeyPair => ({ pubKey, privKey });

export const createSignalKeys = (): SignalKeys => {
  const identity = plainPair(generateIdentityKeyPair());
  const { keyId, keyPair, signature } = generateSignedPreKey(identity, 1);
  return {
    identity,
    registrationId: generateRegistrationId(),
    signedPreKey: { keyId, keyPair: plainPair(keyPair), signature },
    nextPreKeyId: 1,
  };
};

export const publicBundle = (keys: SignalKeys): KeyBundle => ({
  registrationId: keys.registrationId,
  identity: fromSignalKey(keys.identity.pubKey),
  signedPreKey: {
    id: keys.signedPreKey.keyId,
    value: fromSignalKey(keys.signedPreKey.keyPair.pubKey),
    signature: keys.signedPreKey.signature,
  },
});

/** New one-time keys with ids that were never used before. */
export const nextPreKeys = (
  keys: SignalKeys,
  count: number,
): { id: number; pair: KeyPair; shared: PreKey }[] =>
  Array.from({ length: count }, () => {
    const id = keys.nextPreKeyId;
    keys.nextPreKeyId += 1;
    const { keyPair } = generatePreKey(id);
    return {
      id,
      pair: plainPair(keyPair),
      shared: { id, value: fromSignalKey(keyPair.pubKey) },
    };
  });
