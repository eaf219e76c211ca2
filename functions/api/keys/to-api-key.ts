import type { ApiKeyItem } from "#functions/store/api-keys.ts";
import type { apiKeySchema } from "#shared/contracts/api-key.ts";
import type { z } from "zod";

/** A key as callers see it, without its secret. */
export function toApiKey(item: Omit<ApiKeyItem, "pk" | "sk">): z.infer<typeof apiKeySchema> {
  return {
    id: item.keyId,
    name: item.name,
    prefix: item.prefix,
    scopes: item.scopes,
    sessionId: item.sessionId ?? null,
    createdBy: item.createdBy,
    secretShownTo: item.secretShownTo,
    createdAt: item.createdAt,
    expiresAt: item.validUntil ?? null,
    lastUsedAt: item.lastUsedAt ?? null,
  };
}
