import type { Device } from "../accounts/account.ts";
import { serverJid } from "../stanza/jid.ts";
import { timestamp, type World } from "../world.ts";
import { deliver } from "./deliver.ts";

/** Tells the account's other companions that one of them changed a collection. */
export const announceAppState = (world: World, changer: Device, name: string): void => {
  const { version } = world.appStates.of(changer.account).collection(name);
  for (const device of changer.account.devices.values()) {
    if (device === changer || device.id === 0) continue;
    deliver(world, device, {
      tag: "notification",
      attrs: {
        from: serverJid,
        id: `state-${device.nextSeq}`,
        type: "server_sync",
        t: timestamp(world),
      },
      content: [{ tag: "collection", attrs: { name, version: String(version) } }],
    });
  }
};
