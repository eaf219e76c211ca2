import type { Authenticate } from "#functions/auth/authenticate.ts";
import { requireAccess } from "#functions/auth/require-access.ts";
import { foundImplementation } from "./exchange.ts";
import type { ApiMiddleware } from "./exchange.ts";

/** Who asks, and whether the route table lets them. */
export function authenticateCaller(authenticate: Authenticate): ApiMiddleware {
  return {
    before: async ({ event, context }) => {
      const { exchange } = context;
      const { auth } = foundImplementation(exchange).route;
      if (auth.access === "public") return;
      const caller = await authenticate(event.headers);
      exchange.log = exchange.log.child({ accountId: caller.accountId });
      requireAccess(caller, auth);
      exchange.caller = caller;
    },
  };
}
