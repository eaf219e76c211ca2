// Session records as the JavaScript libsignal wrote them: JSON, in journals and bundles from before
// the sessions were libsignal's own. They are read as what they would be in protobuf.
import { hkdf } from "whatsapp-rust-bridge";
import { proto } from "./baileys.ts";

/** libsignal keeps it in each session; the JavaScript one asked its store for it. */
export type OwnIdentity = {
  /** 33 bytes: the type of key, and the key. */
  publicKey: Uint8Array;
  registrationId: number;
};

type Chain = {
  /** The counter of the last message, -1 before the first; no key when the chain has ended. */
  chainKey: { counter: number; key?: string };
  chainType: number;
  /** Seeds, by counter. */
  messageKeys: Record<string, string>;
};

type Session = {
  registrationId?: number;
  currentRatchet: {
    ephemeralKeyPair: { pubKey: string; privKey: string };
    lastRemoteEphemeralKey: string;
    previousCounter: number;
    rootKey: string;
  };
  /** `closed` is in milliseconds since 1970, -1 for the open session. */
  indexInfo: { baseKey: string; closed: number; remoteIdentityKey: string };
  _chains: Record<string, Chain>;
  pendingPreKey?: { signedKeyId: number; baseKey: string; preKeyId?: number };
};

const sendingChain = 1;

const messageVersion = 3;

export const isLegacyRecord = (text: string): boolean => text.startsWith("{");

export const legacyHasOpenSession = (text: string): boolean => text.includes('"closed":-1');

export function fromLegacyRecord(text: string, own: OwnIdentity): Uint8Array {
  const sessions = Object.values(
    (JSON.parse(text) as { _sessions: Record<string, Session> })._sessions,
  );
  const [open] = sessions.filter(({ indexInfo }) => indexInfo.closed === -1);
  const archived = sessions
    .filter((session) => session !== open)
    .sort((a, b) => b.indexInfo.closed - a.indexInfo.closed);
  const record = {
    ...(open && { currentSession: toStructure(open, own) }),
    previousSessions: archived.map((session) => toStructure(session, own)),
  };
  return proto.RecordStructure.encode(record).finish();
}

function toStructure(session: Session, own: OwnIdentity): proto.ISessionStructure {
  const { currentRatchet: ratchet, indexInfo, pendingPreKey: pending } = session;
  const { pubKey, privKey } = ratchet.ephemeralKeyPair;
  const chains = Object.entries(session._chains);
  const sending = chains.find(([, { chainType }]) => chainType === sendingChain);
  // The chain that goes on is the last one.
  const receiving = chains
    .filter(([, { chainType }]) => chainType !== sendingChain)
    .sort(
      ([a], [b]) =>
        Number(a === ratchet.lastRemoteEphemeralKey) - Number(b === ratchet.lastRemoteEphemeralKey),
    );
  return {
    sessionVersion: messageVersion,
    localIdentityPublic: own.publicKey,
    remoteIdentityPublic: bytes(indexInfo.remoteIdentityKey),
    rootKey: bytes(ratchet.rootKey),
    previousCounter: Math.max(0, ratchet.previousCounter),
    ...(sending && {
      senderChain: {
        senderRatchetKey: bytes(pubKey),
        senderRatchetKeyPrivate: bytes(privKey),
        ...toChain(sending[1]),
      },
    }),
    receiverChains: receiving.map(([key, chain]) => ({
      senderRatchetKey: bytes(key),
      senderRatchetKeyPrivate: new Uint8Array(),
      ...toChain(chain),
    })),
    ...(pending && {
      pendingPreKey: {
        ...(pending.preKeyId !== undefined && { preKeyId: pending.preKeyId }),
        signedPreKeyId: pending.signedKeyId,
        baseKey: bytes(pending.baseKey),
      },
    }),
    remoteRegistrationId: session.registrationId ?? 0,
    localRegistrationId: own.registrationId,
    aliceBaseKey: bytes(indexInfo.baseKey),
  };
}

function toChain({ chainKey, messageKeys }: Chain): proto.SessionStructure.IChain {
  return {
    // Of an ended chain only the keys of skipped messages are read.
    chainKey: {
      index: chainKey.counter + 1,
      key: chainKey.key === undefined ? new Uint8Array(32) : bytes(chainKey.key),
    },
    messageKeys: Object.entries(messageKeys).map(([index, seed]) => {
      const keys = hkdf(bytes(seed), 80, { salt: new Uint8Array(32), info: "WhisperMessageKeys" });
      return {
        index: Number(index),
        cipherKey: keys.subarray(0, 32),
        macKey: keys.subarray(32, 64),
        iv: keys.subarray(64),
      };
    }),
  };
}

function bytes(base64: string): Uint8Array {
  return Buffer.from(base64, "base64");
}
