import type { Account, Device } from "../accounts/account.ts";
import type { World } from "../world.ts";
import type { Inbox } from "./inbox.ts";
import type { Outbox } from "./outbox.ts";
import type { ReceiptLog } from "./receipt-log.ts";
import type { SignalKeys } from "./signal-keys.ts";
import type { SignalSessions } from "./signal-sessions.ts";

export type PhoneSettings = {
  /** Delivery receipts are sent by themselves. */
  autoReceipts: boolean;
  /** Messages are read as soon as they come. */
  autoRead: boolean;
  /** Off for load tests: messages are received and confirmed without being decrypted. */
  decrypt: boolean;
  /** The account demands a passkey of whoever wants to be linked. */
  passkey?: boolean | undefined;
};

export type Undecryptable = { id: string; from: string; reason: string };

/** One phone from the inside: its account, device 0, keys and what it has seen. */
export type PhoneState = {
  world: World;
  account: Account;
  device: Device;
  settings: PhoneSettings;
  keys: SignalKeys;
  sessions: SignalSessions;
  inbox: Inbox;
  outbox: Outbox;
  /** JIDs of the devices that have the phone's sender key, by group. */
  senderKeyHolders: Map<string, Set<string>>;
  receipts: ReceiptLog;
  undecryptable: Undecryptable[];
  /** Hashes of the latest ciphertexts, to tell a duplicate from a reused counter. */
  seenCiphertexts: Set<string>;
  retries: Map<string, number>;
  /** How often each message was sent again to each device. */
  resends: Map<string, number>;
  /** Keys and settings, to disk. */
  saveKeys(): void;
  /** Runs one thing after the other: ratchets do not bear concurrency. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
};

export const makeTurns = () => {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
};
