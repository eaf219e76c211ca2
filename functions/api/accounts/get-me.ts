import type { ApiDeps } from "#functions/middleware/exchange.ts";
import { implement } from "#functions/middleware/implement.ts";
import * as accounts from "#functions/store/accounts.ts";
import * as users from "#functions/store/users.ts";
import { Fault } from "#shared/faults/fault.ts";
import { accountRoutes } from "#shared/routes/accounts.ts";
import { toAccount } from "./to-account.ts";
import { toUser } from "./to-user.ts";

export const getMe = implement(
  accountRoutes.getMe,
  async ({ caller }, { control, sessionLimits }: ApiDeps) => {
    const account = toAccount(await accounts.get(control, caller.accountId), sessionLimits);
    if (caller.kind === "key") return { status: 200, body: { account, user: null } };
    const user = await users.find(control, caller.accountId, caller.userId);
    if (!user) throw new Fault("unauthenticated", { detail: "This user does not exist any more." });
    return { status: 200, body: { account, user: toUser(user) } };
  },
);
