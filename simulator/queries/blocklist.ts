import type { Device } from "../accounts/account.ts";
import { deliver } from "../routing/deliver.ts";
import type { BinaryNode } from "../stanza/codec.ts";
import { lidServer, phoneServer, toJid } from "../stanza/jid.ts";
import { child } from "../stanza/read-node.ts";
import { timestamp, type World } from "../world.ts";
import { isQuery, type Query } from "./query.ts";

export const blocklist: Query = {
  matches: isQuery("blocklist", "get"),
  answer: ({ world, device }) => {
    const content = device.account.profile.blocked.map((number) => ({
      tag: "item",
      attrs: { jid: toJid(world.accounts.ofNumber(number)?.lid ?? number, lidServer) },
    }));
    return [{ tag: "list", attrs: {}, content }];
  },
};

const tellOthers = (world: World, changer: Device, item: BinaryNode): void => {
  const { account } = changer;
  for (const device of account.devices.values())
    if (device !== changer && device.id !== 0)
      deliver(world, device, {
        tag: "notification",
        attrs: {
          from: toJid(account.number, phoneServer),
          id: `blocked-${device.nextSeq}`,
          type: "account_sync",
          t: timestamp(world),
        },
        content: [{ tag: "blocklist", attrs: {}, content: [item] }],
      });
};

/** Blocks or unblocks somebody, whose messages then no longer come. */
export const blocklistChange: Query = {
  matches: isQuery("blocklist", "set", "item"),
  answer: ({ world, device, iq }) => {
    const item = child(iq, "item");
    const blocked = world.accounts.ofJid(item?.attrs["jid"])?.number;
    if (!item || blocked === undefined) return { error: 404, text: "item-not-found" };
    const rest = device.account.profile.blocked.filter((number) => number !== blocked);
    const isBlock = item.attrs["action"] === "block";
    world.accounts.changeProfile(device.account, { blocked: isBlock ? [...rest, blocked] : rest });
    tellOthers(world, device, item);
    return [];
  },
};
