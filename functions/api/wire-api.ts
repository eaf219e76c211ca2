import { createAuthenticate } from "#functions/auth/authenticate.ts";
import { createTokenSecret } from "#functions/auth/token-secret.ts";
import { createLogger } from "#functions/logger.ts";
import type { ApiDeps } from "#functions/middleware/exchange.ts";
import { dynamodb, secretsManager } from "#shared/aws/clients.ts";
import type { readEnvironment } from "#functions/read-environment.ts";

type Wiring = { deps: ApiDeps; client: ReturnType<typeof dynamodb> };

/** What every API Lambda needs, made once from its settings. */
export function wireApi(area: string, environment: ReturnType<typeof readEnvironment>): Wiring {
  const client = dynamodb();
  const now = Date.now;
  const control = { client, name: environment.WAFLEET_CONTROL_TABLE, now };
  const log = createLogger(area, environment.WAFLEET_LOG_LEVEL);
  const tokenSecret = createTokenSecret(secretsManager(), environment.WAFLEET_TOKEN_SECRET_ID);
  const authenticate = createAuthenticate({ control, tokenSecret, log });
  return { deps: { control, tokenSecret, authenticate, log, now }, client };
}
