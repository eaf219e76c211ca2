import type { Device, KeyBundle } from "../accounts/account.ts";
import { countPreKeys, type PreKey } from "../accounts/pre-key-pool.ts";
import { serverJid } from "../stanza/jid.ts";
import { timestamp, type World } from "../world.ts";
import { deliver } from "./deliver.ts";

const lowWater = 5;

const warnOfFewKeys = (world: World, device: Device, left: number): void => {
  const alreadyWarned = device.queue.some(
    ({ node }) => node.tag === "notification" && node.attrs["type"] === "encrypt",
  );
  if (alreadyWarned) return;
  deliver(world, device, {
    tag: "notification",
    attrs: {
      from: serverJid,
      id: `pre-keys-${device.nextSeq}`,
      type: "encrypt",
      t: timestamp(world),
    },
    content: [{ tag: "count", attrs: { value: String(left) } }],
  });
};

/** Hands out a device's keys with one one-time key, and tells the device when few are left. */
export const fetchBundle = (
  world: World,
  device: Device,
): { bundle: KeyBundle; preKey: PreKey | undefined } => {
  const preKey = world.accounts.takePreKey(device);
  const left = countPreKeys(device.preKeys);
  if (preKey && left < lowWater) warnOfFewKeys(world, device, left);
  return { bundle: device.bundle, preKey };
};
