import { listPage } from "#functions/api/list-page.ts";
import { boundSession } from "#functions/auth/caller.ts";
import type { ApiDeps } from "#functions/middleware/exchange.ts";
import { implement } from "#functions/middleware/implement.ts";
import { accountPartition, keyPrefix } from "#functions/store/api-keys.ts";
import type { ApiKeyItem } from "#functions/store/api-keys.ts";
import { keyRoutes } from "#shared/routes/keys.ts";
import { toApiKey } from "./to-api-key.ts";

export const listKeys = implement(
  keyRoutes.listKeys,
  async ({ caller, query }, { control }: ApiDeps) => {
    const bound = boundSession(caller);
    const { page, nextCursor } = await listPage<ApiKeyItem>(
      control,
      {
        partition: accountPartition(caller.accountId),
        prefix: keyPrefix,
        isShown: (key) => bound === undefined || key.sessionId === bound,
      },
      query,
    );
    return { status: 200, body: { data: page.map(toApiKey), nextCursor } };
  },
);
