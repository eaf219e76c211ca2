import type { Group } from "../groups/groups.ts";
import type { QueryContext } from "./query.ts";

export const notFound = { error: 404, text: "item-not-found" };
export const forbidden = { error: 403, text: "forbidden" };

/** The group that a query is addressed to, if the asker is a member: to others it does not exist. */
export const findOwnGroup = (
  { world, device }: QueryContext,
  jid: string | undefined,
): Group | undefined => {
  const group = world.groups.find(jid);
  return group?.members.includes(device.account.number) ? group : undefined;
};

export const isAdmin = ({ device }: QueryContext, group: Group): boolean =>
  group.admins.includes(device.account.number);
