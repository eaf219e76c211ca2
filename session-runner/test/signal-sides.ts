// Two devices that write to one another: ours, with journaled keys, and one of the JavaScript libsignal.
import { expect } from "vitest";
import "../silence-console.ts";
import { applyChange, emptyFold } from "../journal/fold.ts";
import type { Journal } from "../journal/journal.ts";
import { initAuthCreds, proto } from "../whatsapp/baileys.ts";
import type { AuthenticationCreds } from "../whatsapp/baileys.ts";
import { createJournaledKeys } from "../whatsapp/journaled-keys.ts";
import { createSignalSessions } from "../whatsapp/signal-sessions.ts";
import { createLibsignalDevice } from "./libsignal-device.ts";
import type { LibsignalDevice, Sealed } from "./libsignal-device.ts";

/** The other side's address, as each keeps it. */
export const ada = "ada";
export const grace = "grace.0";

/** A device of ours, over a journal that keeps everything in memory. */
export function createOurs(creds: AuthenticationCreds = initAuthCreds()) {
  const fold = emptyFold();
  const stage: Journal["stage"] = (change) => applyChange(fold, change);
  const keys = createJournaledKeys({ fold, stage } as Journal);
  const sessions = createSignalSessions(creds, keys);
  return {
    creds,
    keys,
    stage,
    ...sessions,
    encryptText: (text: string) => sessions.encrypt(grace, Buffer.from(text)),
    async decryptText({ type, ciphertext }: Sealed): Promise<string> {
      return Buffer.from(await sessions.decrypt(grace, type, ciphertext)).toString();
    },
    bundle(preKeyId: number) {
      const { publicKey, privateKey } = preKeyOf(preKeyId);
      void keys.store.set({
        "pre-key": { [preKeyId]: { public: publicKey, private: privateKey } },
      });
      return {
        registrationId: creds.registrationId,
        identityKey: toSignalKey(creds.signedIdentityKey.public),
        signedPreKey: {
          keyId: creds.signedPreKey.keyId,
          publicKey: toSignalKey(creds.signedPreKey.keyPair.public),
          signature: creds.signedPreKey.signature,
        },
        preKey: { keyId: preKeyId, publicKey: toSignalKey(publicKey) },
      };
    },
    record: () => {
      const text = keys.textOf("session", grace) ?? "";
      return proto.RecordStructure.decode(Buffer.from(text, "base64"));
    },
  };
}

export type Ours = ReturnType<typeof createOurs>;

function preKeyOf(id: number) {
  const { pubKey, privKey } = createLibsignalDevice().identity;
  return { id, publicKey: Buffer.from(pubKey).subarray(1), privateKey: privKey };
}

const toSignalKey = (key: Uint8Array) => Buffer.concat([Buffer.of(5), key]);

export async function toThem(ours: Ours, theirs: LibsignalDevice, text: string): Promise<void> {
  expect(await theirs.decrypt(ada, await ours.encryptText(text))).toBe(text);
}

export async function toUs(ours: Ours, theirs: LibsignalDevice, text: string): Promise<void> {
  expect(await ours.decryptText(await theirs.encrypt(ada, text))).toBe(text);
}

export async function talk(ours: Ours, theirs: LibsignalDevice): Promise<void> {
  for (const round of [1, 2, 3]) {
    await toThem(ours, theirs, `one, round ${round}`);
    await toThem(ours, theirs, `two, round ${round}`);
    await toUs(ours, theirs, `three, round ${round}`);
    await toUs(ours, theirs, `four, round ${round}`);
  }
}
