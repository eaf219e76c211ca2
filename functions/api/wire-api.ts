import { createAuthenticate } from "#functions/auth/authenticate.ts";
import { createRequireOperator } from "#functions/auth/require-operator.ts";
import { createTokenSecret } from "#functions/auth/token-secret.ts";
import type { TokenSecret } from "#functions/auth/token-secret.ts";
import { createLogger } from "#functions/logger.ts";
import type { ApiDeps } from "#functions/middleware/exchange.ts";
import { createFindAddress } from "#functions/middleware/find-address.ts";
import { createRateLimits } from "#functions/middleware/rate-limits.ts";
import { dynamodb, secretsManager } from "#shared/aws/clients.ts";
import type { readEnvironment } from "#functions/read-environment.ts";

type Wiring = { deps: ApiDeps; client: ReturnType<typeof dynamodb> };

/** What every API Lambda needs, made once from its settings. */
export function wireApi(area: string, environment: ReturnType<typeof readEnvironment>): Wiring {
  const client = dynamodb();
  const now = Date.now;
  const control = { client, name: environment.WAFLEET_CONTROL_TABLE, now };
  const log = createLogger(area, environment.WAFLEET_LOG_LEVEL);
  const tokenSecret = secretOf(area, environment.WAFLEET_TOKEN_SECRET_ID);
  const limits = environment.WAFLEET_RATE_LIMITS;
  const deps = {
    control,
    audit: { client, name: environment.WAFLEET_AUDIT_TABLE, now },
    auditRetentionDays: environment.WAFLEET_AUDIT_RETENTION_DAYS,
    rateLimits: createRateLimits({ control, limits, log }),
    findAddress: createFindAddress(environment.WAFLEET_PAGE_MARK),
    sessionLimits: environment.WAFLEET_SESSION_LIMITS,
    tokenSecret,
    authenticate: createAuthenticate({ control, tokenSecret, log }),
    requireOperator: createRequireOperator(secretOf(area, environment.WAFLEET_OPERATOR_SECRET_ID)),
    log,
    now,
  };
  return { deps, client };
}

/** An area is bound to one secret: a route that asks for the other one's is in the wrong area. */
function secretOf(area: string, secretId: string | undefined): TokenSecret {
  if (secretId !== undefined) return createTokenSecret(secretsManager(), secretId);
  return () => Promise.reject(new Error(`the ${area} area is not bound to this secret`));
}
