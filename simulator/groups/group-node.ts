import type { BinaryNode } from "../stanza/codec.ts";
import { lidServer, phoneServer, toJid } from "../stanza/jid.ts";
import type { World } from "../world.ts";
import type { Group } from "./groups.ts";

/** What members are told about their group. */
export const groupNode = (world: World, group: Group): BinaryNode => {
  const lidOf = (number: string): string =>
    toJid(world.accounts.ofNumber(number)?.lid ?? number, lidServer);
  const creation = String(group.creation);
  return {
    tag: "group",
    attrs: {
      id: group.jid.split("@")[0] ?? "",
      subject: group.subject,
      s_t: creation,
      s_o: lidOf(group.creator),
      creation,
      creator: lidOf(group.creator),
      creator_pn: toJid(group.creator, phoneServer),
      addressing_mode: "lid",
      size: String(group.members.length),
    },
    content: group.members.map((number) => ({
      tag: "participant",
      attrs: {
        jid: lidOf(number),
        phone_number: toJid(number, phoneServer),
        ...(number === group.creator ? { type: "superadmin" } : {}),
      },
    })),
  };
};
