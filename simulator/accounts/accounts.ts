import type { Account, Device, KeyBundle } from "./account.ts";
import { emptyPool, takePreKey, type PreKey, type PreKeyPool } from "./pre-key-pool.ts";
import { lidServer, parseJid, phoneServer } from "../stanza/jid.ts";
import { newProfile, type Profile, type SyncWay } from "./profile.ts";
import type { StateStore } from "./state-store.ts";
import {
  deviceKey,
  loadAccounts,
  saveAccount,
  saveDevice,
  saveProfile,
  saveWatchers,
} from "./saved-accounts.ts";

export type NewDevice = {
  id: number;
  keyIndex: number;
  noiseKey: Uint8Array | undefined;
  bundle: KeyBundle;
};

/** Every account and device that the server knows, kept on disk as they change. */
export const openAccounts = (store: StateStore, now: () => number) => {
  const byNumber = new Map<string, Account>();
  const byLid = new Map<string, Account>();
  const remember = (account: Account): void => {
    byNumber.set(account.number, account);
    byLid.set(account.lid, account);
  };
  loadAccounts(store).forEach(remember);

  const ofJid = (jid: string | undefined): Account | undefined => {
    const parsed = parseJid(jid);
    if (parsed?.server === phoneServer) return byNumber.get(parsed.user);
    return parsed?.server === lidServer ? byLid.get(parsed.user) : undefined;
  };

  return {
    all: (): Account[] => [...byNumber.values()],
    ofNumber: (number: string): Account | undefined => byNumber.get(number),
    /** The account behind a phone number or LID JID, whatever the device. */
    ofJid,
    deviceOfJid: (jid: string | undefined): Device | undefined =>
      ofJid(jid)?.devices.get(parseJid(jid)?.device ?? 0),

    /** The device that sent something, even if it was removed meanwhile. */
    senderOfJid: (jid: string | undefined): Device | undefined => {
      const account = ofJid(jid);
      const id = parseJid(jid)?.device ?? 0;
      return account?.devices.get(id) ?? account?.formerDevices.get(id);
    },

    create: (number: string, lid: string, name: string, sync: SyncWay): Account => {
      const account: Account = {
        number,
        lid,
        name,
        profile: newProfile(sync),
        devices: new Map(),
        formerDevices: new Map(),
        nextDevice: 1,
        watchers: new Set(),
      };
      remember(account);
      saveAccount(store, account);
      saveProfile(store, account);
      return account;
    },

    changeProfile: (account: Account, change: Partial<Profile>): void => {
      Object.assign(account.profile, change);
      saveProfile(store, account);
    },

    /** Numbers are never used twice, so that a removed device stays removed. */
    reserveDevice: (account: Account): number => {
      const id = account.nextDevice;
      account.nextDevice += 1;
      saveAccount(store, account);
      return id;
    },

    addDevice: (account: Account, added: NewDevice): Device => {
      const device: Device = {
        ...added,
        account,
        linkedAt: new Date(now()).toISOString(),
        preKeys: emptyPool(),
        queue: [],
        nextSeq: 1,
        stream: undefined,
      };
      account.devices.set(device.id, device);
      saveDevice(store, device);
      return device;
    },

    /** From now on the device hears of changes of this account's device list. */
    watch: (account: Account, watcher: Device): void => {
      if (account.watchers.has(watcher)) return;
      account.watchers.add(watcher);
      saveWatchers(store, account);
    },

    removeDevice: (device: Device): void => {
      device.account.devices.delete(device.id);
      device.account.formerDevices.set(device.id, device);
      device.queue = [];
      for (const account of byNumber.values())
        if (account.watchers.delete(device)) saveWatchers(store, account);
      store.removeAll(`${deviceKey(device)}/`);
    },

    setBundle: (device: Device, bundle: KeyBundle): void => {
      device.bundle = bundle;
      saveDevice(store, device);
    },

    setPreKeys: (device: Device, pool: PreKeyPool): void => {
      device.preKeys = pool;
      store.put(`${deviceKey(device)}/pre-keys`, () => pool.packed);
      store.put(`${deviceKey(device)}/pre-keys-taken`, () => pool.taken);
    },

    takePreKey: (device: Device): PreKey | undefined => {
      const key = takePreKey(device.preKeys);
      if (key) store.put(`${deviceKey(device)}/pre-keys-taken`, () => device.preKeys.taken);
      return key;
    },
  };
};

export type Accounts = ReturnType<typeof openAccounts>;
