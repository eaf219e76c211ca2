import type { BinaryNode } from "../stanza/codec.ts";
import { lidServer, phoneServer, toJid } from "../stanza/jid.ts";
import type { Profile } from "./profile.ts";
import type { PreKeyPool } from "./pre-key-pool.ts";

/** The public half of a device's Signal keys, as others fetch them. */
export type KeyBundle = {
  registrationId: number;
  identity: Uint8Array;
  signedPreKey: { id: number; value: Uint8Array; signature: Uint8Array };
};

/** The way to a device that is connected now. */
export type LiveStream = {
  connection: number;
  send(node: BinaryNode): void;
  /** Says why (a stream error, a failure), then closes. */
  closeWith(node: BinaryNode): void;
  /** Closes the WebSocket with this code. */
  close(code: number): void;
  /** Cuts the connection without a word. */
  cut(): void;
};

/** A stanza that the server keeps until the device has confirmed it. */
export type QueuedStanza = { seq: number; node: BinaryNode };

export type Device = {
  account: Account;
  /** 0 is the phone itself, the others are companions. */
  id: number;
  keyIndex: number;
  linkedAt: string;
  /** The static key that a companion must show at login; a phone has none. */
  noiseKey: Uint8Array | undefined;
  bundle: KeyBundle;
  preKeys: PreKeyPool;
  queue: QueuedStanza[];
  nextSeq: number;
  stream: LiveStream | undefined;
};

export type Account = {
  number: string;
  lid: string;
  name: string;
  profile: Profile;
  devices: Map<number, Device>;
  /** Removed companions, for what they sent and is still under way. */
  formerDevices: Map<number, Device>;
  nextDevice: number;
  /** Devices that asked for this account's device list, and hear of its changes. */
  watchers: Set<Device>;
};

export const phoneJidOf = (device: Device): string =>
  toJid(device.account.number, phoneServer, device.id);

export const lidJidOf = (device: Device): string => toJid(device.account.lid, lidServer, device.id);
