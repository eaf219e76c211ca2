import { deliver } from "../routing/deliver.ts";
import type { BinaryNode } from "../stanza/codec.ts";
import { phoneServer, toJid } from "../stanza/jid.ts";
import { bytesOf, child, children } from "../stanza/read-node.ts";
import { timestamp } from "../world.ts";
import { isQuery, type Query } from "./query.ts";

const leaf = (tag: string, text: string | undefined): BinaryNode[] =>
  text === undefined ? [] : [{ tag, attrs: {}, content: Buffer.from(text) }];

/** The text that an account says about itself. */
export const aboutChange: Query = {
  matches: isQuery("status", "set", "status"),
  answer: ({ world, device, iq }) => {
    const text = Buffer.from(bytesOf(child(iq, "status")) ?? "").toString();
    world.accounts.changeProfile(device.account, { about: { text, t: Number(timestamp(world)) } });
    return [];
  },
};

/** How long messages of new chats live; the account's other companions are told. */
export const disappearingModeChange: Query = {
  matches: isQuery("disappearing_mode", "set", "disappearing_mode"),
  answer: ({ world, device, iq }) => {
    const { account } = device;
    const duration = Number(child(iq, "disappearing_mode")?.attrs["duration"] ?? 0);
    const t = timestamp(world);
    world.accounts.changeProfile(account, { disappearing: { duration, t: Number(t) } });
    for (const other of account.devices.values())
      if (other.id !== 0)
        deliver(world, other, {
          tag: "notification",
          attrs: {
            from: toJid(account.number, phoneServer),
            id: `mode-${other.nextSeq}`,
            type: "account_sync",
            t,
          },
          content: [{ tag: "disappearing_mode", attrs: { duration: String(duration), t } }],
        });
    return [];
  },
};

/** What a business says about itself; people have no such profile. */
export const businessProfile: Query = {
  matches: isQuery("w:biz", "get", "business_profile"),
  answer: ({ world, iq }) => {
    const asked = children(child(iq, "business_profile"), "profile");
    const profiles = asked.flatMap(({ attrs }): BinaryNode[] => {
      const account = world.accounts.ofJid(attrs["jid"]);
      const business = account?.profile.business;
      if (!account || !business) return [];
      const content = [
        ...leaf("description", business.description),
        ...leaf("address", business.address),
        ...leaf("email", business.email),
        ...leaf("website", business.website),
        { tag: "categories", attrs: {}, content: leaf("category", business.category) },
      ];
      return [{ tag: "profile", attrs: { jid: toJid(account.number, phoneServer) }, content }];
    });
    return [{ tag: "business_profile", attrs: {}, content: profiles }];
  },
};

const mexAnswers = {
  xwa2_fetch_account_reachout_timelock: { is_active: false },
  xwa2_message_capping_info: {
    total_quota: 0,
    used_quota: 0,
    cycle_start_timestamp: "0",
    cycle_end_timestamp: "0",
    server_sent_timestamp: "0",
    ote_status: "NOT_ELIGIBLE",
    mv_status: "NOT_ELIGIBLE",
    capping_status: "NONE",
  },
};

/** GraphQL within a stanza. Restrictions of the account are what clients ask here: there are none. */
export const restrictions: Query = {
  matches: isQuery("w:mex", "get", "query"),
  answer: () => leaf("result", JSON.stringify({ data: mexAnswers })),
};
