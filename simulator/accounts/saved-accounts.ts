import { decodeNode } from "../stanza/codec.ts";
import type { Account, Device, KeyBundle } from "./account.ts";
import { newProfile, type Profile } from "./profile.ts";
import type { StateStore } from "./state-store.ts";

type SavedAccount = Pick<Account, "number" | "lid" | "name" | "nextDevice">;
type SavedDevice = Pick<Device, "id" | "keyIndex" | "linkedAt" | "noiseKey"> & {
  bundle: KeyBundle;
};

export const deviceKey = (device: Device): string => `device/${device.account.number}/${device.id}`;

/** Sequence numbers sort as text. */
export const queueKey = (device: Device, seq: number): string =>
  `${deviceKey(device)}/queue/${String(seq).padStart(12, "0")}`;

export const saveAccount = (store: StateStore, account: Account): void => {
  const { number, lid, name, nextDevice } = account;
  const saved: SavedAccount = { number, lid, name, nextDevice };
  store.put(`account/${number}`, () => saved);
};

export const saveProfile = (store: StateStore, { number, profile }: Account): void =>
  store.put(`profile/${number}`, () => profile);

const loadProfile = (store: StateStore, number: string): Profile => {
  const place = `profile/${number}`;
  const saved = store.load(place).find(([key]) => key === place);
  return { ...newProfile("inline"), ...(saved?.[1] as Profile | undefined) };
};

export const saveDevice = (store: StateStore, device: Device): void => {
  const { id, keyIndex, linkedAt, noiseKey, bundle } = device;
  const saved: SavedDevice = { id, keyIndex, linkedAt, noiseKey, bundle };
  store.put(`${deviceKey(device)}/self`, () => saved);
};

const loadDevice = (store: StateStore, account: Account, saved: SavedDevice): Device => {
  const device: Device = {
    ...saved,
    account,
    preKeys: { packed: new Uint8Array(0), taken: 0 },
    queue: [],
    nextSeq: 1,
    stream: undefined,
  };
  const base = deviceKey(device);
  for (const [key, value] of store.load(`${base}/`)) {
    if (key === `${base}/pre-keys`) device.preKeys.packed = value as Uint8Array;
    if (key === `${base}/pre-keys-taken`) device.preKeys.taken = value as number;
    if (!key.startsWith(`${base}/queue/`)) continue;
    const seq = Number(key.slice(`${base}/queue/`.length));
    device.queue.push({ seq, node: decodeNode(Buffer.from(value as Uint8Array)) });
    device.nextSeq = seq + 1;
  }
  return device;
};

type Watcher = [number: string, device: number];

export const saveWatchers = (store: StateStore, account: Account): void =>
  store.put(`watchers/${account.number}`, () =>
    [...account.watchers].map(({ account: { number }, id }): Watcher => [number, id]),
  );

const loadWatchers = (store: StateStore, accounts: Account[]): void => {
  const byNumber = new Map(accounts.map((account) => [account.number, account]));
  for (const account of accounts)
    for (const [key, value] of store.load(`watchers/${account.number}`))
      if (key === `watchers/${account.number}`)
        for (const [number, id] of value as Watcher[]) {
          const watcher = byNumber.get(number)?.devices.get(id);
          if (watcher) account.watchers.add(watcher);
        }
};

const loadAccount = (store: StateStore, value: unknown): Account => {
  const account: Account = {
    ...(value as SavedAccount),
    profile: loadProfile(store, (value as SavedAccount).number),
    devices: new Map(),
    formerDevices: new Map(),
    watchers: new Set(),
  };
  for (const [key, saved] of store.load(`device/${account.number}/`)) {
    if (!key.endsWith("/self")) continue;
    const device = loadDevice(store, account, saved as SavedDevice);
    account.devices.set(device.id, device);
  }
  return account;
};

export const loadAccounts = (store: StateStore): Account[] => {
  const accounts = store.load("account/").map(([, value]) => loadAccount(store, value));
  loadWatchers(store, accounts);
  return accounts;
};
