import { toAccount } from "#functions/api/accounts/to-account.ts";
import { implement } from "#functions/middleware/implement.ts";
import * as accounts from "#functions/store/accounts.ts";
import { Fault } from "#shared/faults/fault.ts";
import { operatorRoutes } from "#shared/routes/operator.ts";
import type { OperatorDeps } from "./operator-deps.ts";

export const getAccount = implement(
  operatorRoutes.getAccount,
  async ({ params }, { control, sessionLimits }: OperatorDeps) => {
    const account = await accounts.find(control, params.accountId);
    if (!account) throw new Fault("not_found");
    return { status: 200, body: toAccount(account, sessionLimits) };
  },
);
