// Generated from docs/openapi.json by `npm run openapi`. Do not edit.
export const eventTypes = [
  "session.status",
  "session.qr_code",
  "session.pairing_code",
  "message.received",
  "message.status",
  "message.edited",
  "message.deleted",
  "message.reaction",
  "message.media",
  "poll.vote",
  "group.update",
  "call.received",
  "presence.update",
  "contact.update",
  "session.limit",
  "webhook.disabled",
] as const;
