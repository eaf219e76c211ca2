import { toAccount } from "#functions/api/accounts/to-account.ts";
import { implement } from "#functions/middleware/implement.ts";
import * as accounts from "#functions/store/accounts.ts";
import { Fault } from "#shared/faults/fault.ts";
import { operatorRoutes } from "#shared/routes/operator.ts";
import type { OperatorDeps } from "./operator-deps.ts";

export const setTier = implement(
  operatorRoutes.setTier,
  async ({ params, body: { tier }, noted }, { control, sessionLimits }: OperatorDeps) => {
    const { accountId } = params;
    if (!(await accounts.setTier(control, accountId, tier))) throw new Fault("not_found");
    // The account's own audit shows it.
    noted.accountId = accountId;
    noted.target = { tier };
    return { status: 200, body: toAccount(await accounts.get(control, accountId), sessionLimits) };
  },
);
