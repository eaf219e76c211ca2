import type { UserItem } from "#functions/store/users.ts";
import type { userSchema } from "#shared/contracts/account.ts";
import type { z } from "zod";

/** A user as callers see it. */
export function toUser(
  user: Pick<UserItem, "userId" | "email" | "role" | "invitation" | "createdAt">,
): z.infer<typeof userSchema> {
  const { userId: id, email, role, invitation, createdAt } = user;
  return { id, email, role, status: invitation ? "invited" : "active", createdAt };
}
