import { proto } from "@whiskeysockets/baileys/WAProto/index.js";
import type { Account } from "../accounts/account.ts";
import type { World } from "../world.ts";
import { openInbox } from "./inbox.ts";
import { openOutbox } from "./outbox.ts";
import { makeTurns, type PhoneSettings, type PhoneState } from "./phone-state.ts";
import { openReceiptLog } from "./receipt-log.ts";
import { createSignalKeys, publicBundle, type SignalKeys } from "./signal-keys.ts";
import { openSignalSessions } from "./signal-sessions.ts";
import { uploadPreKeys } from "./upload-pre-keys.ts";

const messagesKept = 10_000;
const receiptsKept = 20_000;

type SavedPhone = { settings: PhoneSettings; keys: SignalKeys };

const protobufCodec = {
  encode: (message: proto.Message): Uint8Array => proto.Message.encode(message).finish(),
  decode: (bytes: Uint8Array): proto.Message => proto.Message.decode(bytes),
};

const loadKeyHolders = (world: World, account: Account): Map<string, Set<string>> => {
  const base = `phone/${account.number}/key-holders/`;
  return new Map(
    world.store
      .load(base)
      .map(([key, value]) => [key.slice(base.length), new Set(value as string[])]),
  );
};

const assemble = (world: World, account: Account, saved: SavedPhone): PhoneState => {
  const { settings, keys } = saved;
  const device =
    account.devices.get(0) ??
    world.accounts.addDevice(account, {
      id: 0,
      keyIndex: 0,
      noiseKey: undefined,
      bundle: publicBundle(keys),
    });
  return {
    world,
    account,
    device,
    settings,
    keys,
    sessions: openSignalSessions(world.store, account.number, keys),
    inbox: openInbox(world.store, account.number, messagesKept, protobufCodec),
    outbox: openOutbox(world.store, account.number, messagesKept),
    senderKeyHolders: loadKeyHolders(world, account),
    receipts: openReceiptLog(world.store, account.number, receiptsKept),
    undecryptable: [],
    seenCiphertexts: new Set(),
    retries: new Map(),
    resends: new Map(),
    inTurn: makeTurns(),
    saveKeys: () => world.store.put(`phone/${account.number}/self`, () => saved),
  };
};

/** A phone for a new account, with fresh keys. */
export const createPhoneState = (
  world: World,
  account: Account,
  settings: PhoneSettings,
): PhoneState => {
  const phone = assemble(world, account, { settings, keys: createSignalKeys() });
  uploadPreKeys(phone);
  return phone;
};

/** The phone of an account that was loaded from disk. */
export const restorePhoneState = (world: World, account: Account): PhoneState => {
  const [saved] = world.store.load(`phone/${account.number}/self`);
  if (!saved)
    throw new Error(`the data directory has account ${account.number} without its phone's keys`);
  return assemble(world, account, saved[1] as SavedPhone);
};
