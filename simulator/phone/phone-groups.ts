import { askServer } from "../queries/answer-query.ts";
import type { BinaryNode } from "../stanza/codec.ts";
import { lidServer, toJid } from "../stanza/jid.ts";
import { child } from "../stanza/read-node.ts";
import type { PhoneState } from "./phone-state.ts";

type Setting = "announcement" | "not_announcement" | "locked" | "unlocked" | "not_ephemeral";

/** What a person does with groups. They reject when the phone may not do it. */
export type PhoneGroupActions = {
  /** Makes a group of this phone and these numbers; gives its JID. */
  newGroup(subject: string, members: string[]): Promise<string>;
  addToGroup(group: string, numbers: string[]): Promise<void>;
  removeFromGroup(group: string, numbers: string[]): Promise<void>;
  promote(group: string, numbers: string[]): Promise<void>;
  demote(group: string, numbers: string[]): Promise<void>;
  renameGroup(group: string, subject: string): Promise<void>;
  setGroup(group: string, setting: Setting): Promise<void>;
  inviteCode(group: string): Promise<string>;
  /** Joins by the code of a link. */
  join(code: string): Promise<void>;
  leave(group: string): Promise<void>;
};

/** Binds them to one phone, which asks the server as every device does. */
export const makePhoneGroups = ({ world, device }: PhoneState): PhoneGroupActions => {
  const ask = async (type: "get" | "set", to: string, content: BinaryNode): Promise<BinaryNode> => {
    const attrs = { type, xmlns: "w:g2", to, id: "phone" };
    const answer = askServer(world, device, { tag: "iq", attrs, content: [content] });
    if (!Array.isArray(answer)) {
      const reason = answer === "unanswered" ? "no answer" : answer.text;
      throw new Error(`phone ${device.account.number} may not ${content.tag} in ${to}: ${reason}`);
    }
    return { tag: "result", attrs: {}, content: answer };
  };
  const participants = (numbers: string[]): BinaryNode[] =>
    numbers.map((number) => ({
      tag: "participant",
      attrs: { jid: toJid(world.accounts.ofNumber(number)?.lid ?? number, lidServer) },
    }));
  const changeMembers =
    (tag: string) =>
    async (group: string, numbers: string[]): Promise<void> =>
      void (await ask("set", group, { tag, attrs: {}, content: participants(numbers) }));
  return {
    newGroup: async (subject, members) => {
      const create = { tag: "create", attrs: { subject }, content: participants(members) };
      const made = child(await ask("set", "@g.us", create), "group");
      return `${made?.attrs["id"]}@g.us`;
    },
    addToGroup: changeMembers("add"),
    removeFromGroup: changeMembers("remove"),
    promote: changeMembers("promote"),
    demote: changeMembers("demote"),
    renameGroup: async (group, subject) =>
      void (await ask("set", group, {
        tag: "subject",
        attrs: {},
        content: Buffer.from(subject),
      })),
    setGroup: async (group, setting) => void (await ask("set", group, { tag: setting, attrs: {} })),
    inviteCode: async (group) => {
      const result = await ask("get", group, { tag: "invite", attrs: {} });
      return child(result, "invite")?.attrs["code"] ?? "";
    },
    join: async (code) => void (await ask("set", "@g.us", { tag: "invite", attrs: { code } })),
    leave: async (group) => {
      const content = [{ tag: "group", attrs: { id: group } }];
      await ask("set", "@g.us", { tag: "leave", attrs: {}, content });
    },
  };
};
