import type { StateStore } from "../accounts/state-store.ts";

/** A group, addressed by LID as all new ones are. Members are kept by number. */
export type Group = {
  jid: string;
  subject: string;
  /** Seconds. */
  creation: number;
  creator: string;
  members: string[];
};

export const isGroupJid = (jid: string | undefined): boolean => jid?.endsWith("@g.us") ?? false;

export const openGroups = (
  store: StateStore,
  now: () => number,
  random: (length: number) => Uint8Array,
) => {
  const groups = new Map<string, Group>(
    store.load("group/").map(([, value]) => [(value as Group).jid, value as Group]),
  );

  const freeJid = (): string => {
    for (;;) {
      const digits = Array.from(random(15), (byte) => String(byte % 10)).join("");
      const jid = `120${digits}@g.us`;
      if (!groups.has(jid)) return jid;
    }
  };

  return {
    find: (jid: string | undefined): Group | undefined => groups.get(jid ?? ""),
    ofMember: (number: string): Group[] =>
      [...groups.values()].filter(({ members }) => members.includes(number)),
    /** A group without members is gone. */
    change: (group: Group, change: { subject?: string; members?: string[] }): void => {
      Object.assign(group, change);
      if (group.members.length === 0) {
        groups.delete(group.jid);
        store.remove(`group/${group.jid}`);
      } else store.put(`group/${group.jid}`, () => group);
    },
    create: (subject: string, creator: string, others: string[]): Group => {
      const group: Group = {
        jid: freeJid(),
        subject,
        creation: Math.floor(now() / 1000),
        creator,
        members: [...new Set([creator, ...others])],
      };
      groups.set(group.jid, group);
      store.put(`group/${group.jid}`, () => group);
      return group;
    },
  };
};

export type Groups = ReturnType<typeof openGroups>;
