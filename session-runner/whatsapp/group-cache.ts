import { jidDecode } from "./baileys.ts";
import type { GroupMetadata } from "./baileys.ts";

/** Groups whose members are kept at hand, for one connection. */
const limit = 100;

export type GroupCache = {
  get(jid: string): Promise<GroupMetadata | undefined>;
  set(jid: string, metadata: GroupMetadata): void;
  /** Something in the group has changed. */
  forget(jid: string): void;
};

export function createGroupCache(): GroupCache {
  const groups = new Map<string, GroupMetadata>();
  return {
    get: async (jid) => groups.get(jid),
    set(jid, metadata) {
      groups.delete(jid);
      groups.set(jid, metadata);
      for (const oldest of groups.keys()) {
        if (groups.size <= limit) break;
        groups.delete(oldest);
      }
    },
    forget: (jid) => void groups.delete(jid),
  };
}

const users = new WeakMap<GroupMetadata, string[]>();

/** The user of each member, asked twice a message. */
export function usersIn(group: GroupMetadata): string[] {
  let known = users.get(group);
  if (!known) {
    known = group.participants.map(({ id }) => jidDecode(id)?.user ?? "");
    users.set(group, known);
  }
  return known;
}
