import type { Role } from "#functions/auth/caller.ts";
import { expiryAt } from "./expiry.ts";
import * as items from "./items.ts";
import type { Change, ItemKey, Table } from "./items.ts";

export type UserItem = ItemKey & {
  accountId: string;
  userId: string;
  email: string;
  role: Role;
  /** Until it is accepted; the user can do nothing before that. */
  invitation?: { id: string; validUntil: string };
  /** When each sign-in that is not over ends (seconds since 1970), by its id. */
  logins: Record<string, number>;
  createdAt: string;
};

type NewUser = Omit<UserItem, keyof ItemKey | "logins">;

/** The oldest one gives way. Keeps the item, which each request reads, within one read unit. */
const loginsAtOnce = 20;

export const userPrefix = "usr#";

function userKey(accountId: string, userId: string): ItemKey {
  return { pk: `acc#${accountId}`, sk: `${userPrefix}${userId}` };
}

export function find(
  control: Table,
  accountId: string,
  userId: string,
): Promise<UserItem | undefined> {
  return items.find<UserItem>(control, userKey(accountId, userId));
}

/** Users and open invitations of an account. */
export function all(control: Table, accountId: string): Promise<UserItem[]> {
  const found = items.query<UserItem>(control, {
    KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
    ExpressionAttributeValues: { ":pk": `acc#${accountId}`, ":prefix": userPrefix },
  });
  return Array.fromAsync(found);
}

/** Does nothing when the user is there. */
export async function ensure(control: Table, user: NewUser): Promise<void> {
  const item: UserItem = { ...userKey(user.accountId, user.userId), logins: {}, ...user };
  await items.create(control, item);
}

/** Puts a user who is invited; false when the user has accepted meanwhile. */
export function putInvited(control: Table, user: NewUser): Promise<boolean> {
  const item = { ...userKey(user.accountId, user.userId), logins: {}, ...user };
  return items.put(control, item, {
    ConditionExpression: "attribute_not_exists(pk) OR attribute_exists(invitation)",
  });
}

/** False when the invitation was taken back or accepted. */
export function acceptInvitation(
  control: Table,
  { accountId, userId }: Pick<UserItem, "accountId" | "userId">,
  invitationId: string,
): Promise<boolean> {
  return items.update(control, userKey(accountId, userId), {
    UpdateExpression: "REMOVE invitation",
    ConditionExpression: "invitation.id = :id",
    ExpressionAttributeValues: { ":id": invitationId },
  });
}

/** False when the user was removed. */
export function changeRole(
  control: Table,
  { accountId, userId }: UserItem,
  role: Role,
): Promise<boolean> {
  return items.update(control, userKey(accountId, userId), {
    UpdateExpression: "SET #role = :role",
    ConditionExpression: "attribute_exists(pk)",
    ExpressionAttributeNames: { "#role": "role" },
    ExpressionAttributeValues: { ":role": role },
  });
}

export function remove(control: Table, { accountId, userId }: UserItem): Promise<void> {
  return items.remove(control, userKey(accountId, userId));
}

export function isSignedIn(user: UserItem, loginId: string, now: number): boolean {
  const endsAt = user.logins[loginId];
  return user.invitation === undefined && endsAt !== undefined && endsAt * 1000 > now;
}

/** Notes a sign-in, and drops those that are over; false when the user was removed. */
export function startLogin(
  control: Table,
  user: UserItem,
  loginId: string,
  endsAt: number,
): Promise<boolean> {
  const former = Object.entries(user.logins).sort(([, a], [, b]) => b - a);
  const now = expiryAt(control.now());
  const over = former.filter(([, ends], place) => ends <= now || place >= loginsAtOnce - 1);
  const names = over.map(([id], place) => [`#over${place}`, id]);
  const removed = names.map(([name]) => `logins.${name}`).join(", ");
  return changeUser(control, user, {
    UpdateExpression: `SET logins.#id = :endsAt${removed === "" ? "" : ` REMOVE ${removed}`}`,
    ExpressionAttributeNames: { "#id": loginId, ...Object.fromEntries(names) },
    ExpressionAttributeValues: { ":endsAt": endsAt },
  });
}

type UserOf = Pick<UserItem, "accountId" | "userId">;

/** From now on nothing that this sign-in gave out works. */
export async function endLogin(control: Table, user: UserOf, loginId: string): Promise<void> {
  await changeUser(control, user, {
    UpdateExpression: "REMOVE logins.#id",
    ExpressionAttributeNames: { "#id": loginId },
  });
}

/** Ends every sign-in of the user but one. */
export async function endOtherLogins(
  control: Table,
  user: UserItem,
  loginId: string,
): Promise<void> {
  const endsAt = user.logins[loginId];
  await changeUser(control, user, {
    UpdateExpression: "SET logins = :logins",
    ExpressionAttributeValues: { ":logins": endsAt === undefined ? {} : { [loginId]: endsAt } },
  });
}

function changeUser(
  control: Table,
  { accountId, userId }: UserOf,
  change: Change,
): Promise<boolean> {
  return items.update(control, userKey(accountId, userId), {
    ...change,
    ConditionExpression: "attribute_exists(pk)",
  });
}
