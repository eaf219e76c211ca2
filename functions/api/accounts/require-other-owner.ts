import type { Table } from "#functions/store/items.ts";
import * as users from "#functions/store/users.ts";
import type { UserItem } from "#functions/store/users.ts";
import { Fault } from "#shared/faults/fault.ts";

/**
 * To be asked while the team is locked, before an owner stops being one.
 * @throws {Fault} `last_owner` when nobody else could take over; an open invitation does not count
 */
export async function requireOtherOwner(control: Table, user: UserItem): Promise<void> {
  if (user.role !== "owner" || user.invitation) return;
  const all = await users.all(control, user.accountId);
  const others = all.filter(
    (other) => other.role === "owner" && !other.invitation && other.userId !== user.userId,
  );
  if (others.length === 0) throw new Fault("last_owner");
}
