import type { StateStore } from "../accounts/state-store.ts";

export type JoinRequest = { number: string; t: number };

/** A group, addressed by LID as all new ones are. People are kept by number, times in seconds. */
export type Group = {
  jid: string;
  creation: number;
  creator: string;
  subject: string;
  subjectBy: string;
  subjectAt: number;
  description?: { id: string; text: string; by: string; t: number } | undefined;
  picture?: { id: string; path: string } | undefined;
  members: string[];
  admins: string[];
  /** Only admins may write. */
  announcement: boolean;
  /** Only admins may change subject, description and picture. */
  locked: boolean;
  memberAddMode: "all_member_add" | "admin_add";
  /** Admins must approve of those who join by the link. */
  approval: boolean;
  requests: JoinRequest[];
  /** Seconds that new messages live; 0 for ever. */
  ephemeral: number;
  inviteCode: string;
};

export const isGroupJid = (jid: string | undefined): boolean => jid?.endsWith("@g.us") ?? false;

const openGroup = {
  announcement: false,
  locked: false,
  memberAddMode: "all_member_add",
  approval: false,
  ephemeral: 0,
} as const;

export const openGroups = (
  store: StateStore,
  now: () => number,
  random: (length: number) => Uint8Array,
) => {
  const newCode = (): string => Buffer.from(random(16)).toString("base64url");
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
    findByCode: (code: string | undefined): Group | undefined =>
      [...groups.values()].find(({ inviteCode }) => inviteCode === code),
    ofMember: (number: string): Group[] =>
      [...groups.values()].filter(({ members }) => members.includes(number)),
    newCode,
    /** A group without members is gone; one without admins gets its longest member as one. */
    change: (group: Group, change: Partial<Omit<Group, "jid">>): void => {
      Object.assign(group, change);
      group.admins = group.admins.filter((number) => group.members.includes(number));
      if (group.admins.length === 0) group.admins = group.members.slice(0, 1);
      if (group.members.length === 0) {
        groups.delete(group.jid);
        store.remove(`group/${group.jid}`);
      } else store.put(`group/${group.jid}`, () => group);
    },
    create: (subject: string, creator: string, others: string[]): Group => {
      const creation = Math.floor(now() / 1000);
      const group: Group = {
        ...openGroup,
        jid: freeJid(),
        creation,
        creator,
        subject,
        subjectBy: creator,
        subjectAt: creation,
        members: [...new Set([creator, ...others])],
        admins: [creator],
        requests: [],
        inviteCode: newCode(),
      };
      groups.set(group.jid, group);
      store.put(`group/${group.jid}`, () => group);
      return group;
    },
  };
};

export type Groups = ReturnType<typeof openGroups>;
