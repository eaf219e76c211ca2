// Generated from docs/openapi.json by `npm run openapi`. Do not edit.
export const scopes = [
  "sessions:read",
  "sessions:write",
  "messages:read",
  "messages:send",
  "webhooks:write",
  "account:read",
  "account:admin",
] as const;
