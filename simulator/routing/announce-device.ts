import { lidJidOf, phoneJidOf, type Account, type Device } from "../accounts/account.ts";
import type { BinaryNode } from "../stanza/codec.ts";
import { lidServer, phoneServer, toJid } from "../stanza/jid.ts";
import { timestamp, type World } from "../world.ts";
import { deliver } from "./deliver.ts";

type Change = "add" | "remove";

const notify = (world: World, to: Device, from: string, type: string, child: BinaryNode): void =>
  deliver(world, to, {
    tag: "notification",
    attrs: { from, id: `${type}-${to.nextSeq}`, type, t: timestamp(world) },
    content: [child],
  });

const changeNode = (change: Change, device: Device, byLid: boolean): BinaryNode => ({
  tag: change,
  attrs: { device_hash: `2:${device.account.nextDevice}` },
  content: [
    {
      tag: "device",
      attrs: {
        jid: byLid ? lidJidOf(device) : phoneJidOf(device),
        ...(byLid ? {} : { lid: lidJidOf(device) }),
        "key-index": String(device.keyIndex),
      },
    },
  ],
});

const ownDevices = (account: Account): BinaryNode => ({
  tag: "devices",
  attrs: { dhash: `2:${account.nextDevice}` },
  content: [...account.devices.values()].map((device) => ({
    tag: "device",
    attrs: {
      jid: phoneJidOf(device),
      ...(device.id === 0 ? {} : { "key-index": String(device.keyIndex) }),
    },
  })),
});

/**
 * Tells everybody who knows an account's device list that a companion came or went, once for each of
 * its addresses since clients keep the lists apart; the own companions get the whole list as well.
 */
export const announceDevice = (world: World, change: Change, device: Device): void => {
  const { account } = device;
  const concerned = new Set([...account.watchers, ...account.devices.values()]);
  for (const other of concerned) {
    if (other === device || other.id === 0) continue;
    const number = toJid(account.number, phoneServer);
    notify(world, other, number, "devices", changeNode(change, device, false));
    const lid = toJid(account.lid, lidServer);
    notify(world, other, lid, "devices", changeNode(change, device, true));
    if (other.account === account)
      notify(world, other, number, "account_sync", ownDevices(account));
  }
};
