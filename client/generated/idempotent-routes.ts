// Generated from docs/openapi.json by `npm run openapi`. Do not edit.
export const idempotentRoutes: ReadonlySet<string> = new Set([
  "POST /v1/auth/register",
  "POST /v1/users",
  "POST /v1/keys",
  "POST /v1/keys/{keyId}/rotate",
  "POST /v1/sessions",
  "POST /v1/sessions/{sessionId}/messages",
  "POST /v1/messages",
  "POST /v1/sessions/{sessionId}/messages/{messageId}/reaction",
  "POST /v1/sessions/{sessionId}/messages/{messageId}/forward",
  "POST /v1/templates",
  "POST /v1/sessions/{sessionId}/messages/batch",
  "POST /v1/media",
  "POST /v1/sessions/{sessionId}/groups",
  "POST /v1/webhooks",
  "POST /v1/webhooks/{webhookId}/rotate-secret",
]);
