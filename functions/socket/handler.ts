import { createAuthenticate } from "#functions/auth/authenticate.ts";
import { createTokenSecret } from "#functions/auth/token-secret.ts";
import { createHangUp } from "#functions/hang-up.ts";
import { lambdaEntry } from "#functions/lambda-entry.ts";
import { createLogger } from "#functions/logger.ts";
import { createRateLimits } from "#functions/middleware/rate-limits.ts";
import { createPush } from "#functions/push.ts";
import { readEnvironment } from "#functions/read-environment.ts";
import { dynamodb, managementApi, secretsManager } from "#shared/aws/clients.ts";
import { createSocketApi } from "./create-socket-api.ts";

export const handler = lambdaEntry(() => {
  const environment = readEnvironment("socket");
  const now = Date.now;
  const control = { client: dynamodb(), name: environment.WAFLEET_CONTROL_TABLE, now };
  const log = createLogger("socket", environment.WAFLEET_LOG_LEVEL);
  const tokenSecret = createTokenSecret(secretsManager(), environment.WAFLEET_TOKEN_SECRET_ID);
  const authenticate = createAuthenticate({ control, tokenSecret, log });
  const client = managementApi(environment.WAFLEET_MANAGEMENT_ENDPOINT);
  const [push, hangUp] = [createPush(client), createHangUp(client)];
  const messages = { ...control, name: environment.WAFLEET_MESSAGES_TABLE };
  const eventRetentionDays = environment.WAFLEET_EVENT_RETENTION_DAYS;
  return createSocketApi({
    control,
    messages,
    authenticate,
    push,
    hangUp,
    log,
    now,
    eventRetentionDays,
    connectionLimit: environment.WAFLEET_CONNECTION_LIMIT,
    rateLimits: createRateLimits({ control, limits: environment.WAFLEET_RATE_LIMITS, log }),
  });
});
