import { lidJidOf, phoneJidOf, type Device } from "../accounts/account.ts";
import { phoneServer, toJid } from "../stanza/jid.ts";
import { timestamp, type World } from "../world.ts";
import { deliver } from "./deliver.ts";

/** Tells everybody who knows an account's device list that a companion came or went. */
export const announceDevice = (world: World, change: "add" | "remove", device: Device): void => {
  const { account } = device;
  const concerned = new Set([...account.watchers, ...account.devices.values()]);
  for (const other of concerned) {
    if (other === device || other.id === 0) continue;
    deliver(world, other, {
      tag: "notification",
      attrs: {
        from: toJid(account.number, phoneServer),
        id: `devices-${other.nextSeq}`,
        type: "devices",
        t: timestamp(world),
      },
      content: [
        {
          tag: change,
          attrs: { device_hash: `2:${account.nextDevice}` },
          content: [
            {
              tag: "device",
              attrs: {
                jid: phoneJidOf(device),
                lid: lidJidOf(device),
                "key-index": String(device.keyIndex),
              },
            },
          ],
        },
      ],
    });
  }
};
