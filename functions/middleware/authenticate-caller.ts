import type { Authenticate } from "#functions/auth/authenticate.ts";
import type { RequireOperator } from "#functions/auth/require-operator.ts";
import { requireAccess } from "#functions/auth/require-access.ts";
import { foundImplementation } from "./exchange.ts";
import type { ApiMiddleware } from "./exchange.ts";

type Doors = { authenticate: Authenticate; requireOperator: RequireOperator };

/** Who asks, and whether the route table lets them. */
export function authenticateCaller({ authenticate, requireOperator }: Doors): ApiMiddleware {
  return {
    before: async ({ event, context }) => {
      const { exchange } = context;
      const { auth } = foundImplementation(exchange).route;
      if (auth.access === "public") return;
      if (auth.access === "operator") return requireOperator(event.headers);
      const caller = await authenticate(event.headers);
      exchange.log = exchange.log.child({ accountId: caller.accountId });
      // Known before it is refused, so that the audit can tell whose try it was.
      exchange.caller = caller;
      requireAccess(caller, auth);
    },
  };
}
