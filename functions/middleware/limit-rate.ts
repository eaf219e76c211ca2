import { addressBlock } from "#functions/auth/address-block.ts";
import { boundSession } from "#functions/auth/caller.ts";
import type { RateLayer } from "#shared/resources/limits.ts";
import { Fault } from "#shared/faults/fault.ts";
import { foundImplementation } from "./exchange.ts";
import type { ApiMiddleware, Exchange } from "./exchange.ts";
import type { RateLimits } from "./rate-limits.ts";

/** By address, before anything is looked at: for the routes that ask for no sign-in. */
export function limitAddress(rateLimits: RateLimits): ApiMiddleware {
  return {
    before: async ({ context: { exchange } }) => {
      if (foundImplementation(exchange).route.limit !== "address") return;
      await count(rateLimits, exchange, "address", addressBlock(exchange.ip));
    },
  };
}

/** By account and by key, as soon as it is known who asks. */
export function limitCaller(rateLimits: RateLimits): ApiMiddleware {
  return {
    before: async ({ context: { exchange } }) => {
      const { caller } = exchange;
      if (!caller) return;
      await count(rateLimits, exchange, "account", caller.accountId);
      if (caller.kind === "key") await count(rateLimits, exchange, "key", caller.keyId);
    },
  };
}

/** By the session that is sent through, once the request is known to be well-formed. */
export function limitSession(rateLimits: RateLimits): ApiMiddleware {
  return {
    before: async ({ event, context: { exchange } }) => {
      const { caller } = exchange;
      if (!caller || foundImplementation(exchange).route.limit !== "session") return;
      const sessionId = event.pathParameters?.["sessionId"] ?? boundSession(caller);
      if (sessionId === undefined) return;
      await count(rateLimits, exchange, "session", `${caller.accountId}#${sessionId}`);
    },
  };
}

/** The headers of an answer tell of the limit that is nearest to its end. */
async function count(
  rateLimits: RateLimits,
  exchange: Exchange,
  layer: RateLayer,
  id: string,
): Promise<void> {
  const standing = await rateLimits(layer, id);
  if (!standing) return;
  const { allowed, limit, remaining, resetSeconds } = standing;
  const nearest = exchange.standing;
  if (!nearest || !allowed || remaining < nearest.remaining) exchange.standing = standing;
  if (allowed) return;
  const seconds = String(resetSeconds);
  throw new Fault("rate_limited", {
    detail: `${limit} requests a minute are allowed by ${layer}. Try again in ${seconds} seconds.`,
    extra: { limitedBy: layer },
    headers: { "retry-after": seconds },
  });
}

/** `RateLimit-Limit`, `-Remaining` and `-Reset`, in lower case as API Gateway sends them. */
export function rateHeaders({ standing }: Exchange): Record<string, string> {
  if (!standing) return {};
  return {
    "ratelimit-limit": String(standing.limit),
    "ratelimit-remaining": String(standing.remaining),
    "ratelimit-reset": String(standing.resetSeconds),
  };
}
