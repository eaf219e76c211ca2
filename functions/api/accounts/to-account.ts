import type { AccountItem } from "#functions/store/accounts.ts";
import type { SessionLimits } from "#functions/middleware/exchange.ts";
import type { accountSchema } from "#shared/contracts/account.ts";
import type { z } from "zod";

/** An account as callers see it. */
export function toAccount(
  account: Pick<AccountItem, "accountId" | "name" | "tier" | "createdAt">,
  sessionLimits: SessionLimits,
): z.infer<typeof accountSchema> {
  const { accountId: id, name, tier, createdAt } = account;
  return { id, name, tier, sessionLimit: sessionLimits[tier], createdAt };
}
