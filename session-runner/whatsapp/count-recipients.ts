import { isGroup } from "#shared/address.ts";
import { jidDecode } from "./baileys.ts";
import type { LookUp } from "./find-unreachable.ts";
import { usersIn } from "./group-cache.ts";

/** How many others a message to a group goes to; undefined for a person, or an unknown group. */
export async function countRecipients(
  { socket, devices, groups }: Pick<LookUp, "socket" | "devices" | "groups">,
  to: string,
): Promise<number | undefined> {
  const group = isGroup(to) ? await groups.get(to) : undefined;
  if (!group) return undefined;
  const { id, lid } = socket.user ?? {};
  const own = [id, lid].map((jid) => jid && jidDecode(jid)?.user);
  return usersIn(group).filter((user) => !own.includes(user) && devices.has(user)).length;
}
