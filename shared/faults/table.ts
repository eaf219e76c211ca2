/**
 * Every expected failure, in one closed table: its HTTP status, its title, what the caller should do,
 * and whether the same request may succeed later. Anything else is a bug and answers `internal`.
 */
export const faultTable = {
  malformed_json: [
    400,
    "The body is not valid JSON",
    "Send a JSON object with Content-Type: application/json.",
    false,
  ],
  validation_failed: [
    400,
    "The request has bad fields",
    "Mend the fields listed in `fields` and send it again.",
    false,
  ],
  unauthenticated: [
    401,
    "Not signed in",
    "Send `Authorization: Bearer <token or API key>` or `X-Api-Key: <key>`.",
    false,
  ],
  token_expired: [401, "The token has expired", "Sign in again, or use an API key.", false],
  invalid_credentials: [401, "Wrong email or password", "Check both and try again.", false],
  refresh_token_invalid: [
    401,
    "The refresh token is unknown, spent or expired",
    "Sign in again. A spent refresh token that is shown again ends its whole sign-in.",
    false,
  ],
  invitation_invalid: [
    401,
    "The invitation is unknown, used or expired",
    "Ask an owner or admin of the account for a new one.",
    false,
  ],
  ticket_invalid: [
    401,
    "The ticket is unknown, used or expired",
    "Get a new one from POST /v1/events/ticket; it lives 60 seconds and works once.",
    false,
  ],
  forbidden: [
    403,
    "This credential may not do that",
    "Use a credential with the scope named in `detail`.",
    false,
  ],
  not_found: [
    404,
    "No such thing here",
    "Check the id; you see only what belongs to your account.",
    false,
  ],
  route_not_found: [404, "No such route", "See /openapi.json for the routes.", false],
  no_qr_code: [404, "There is no QR code", "Call POST /v1/sessions/{id}/connect first.", false],
  qr_code_not_ready: [
    409,
    "The QR code is not ready yet",
    "Wait a few seconds and ask again.",
    true,
  ],
  email_taken: [409, "This email is registered already", "Sign in, or use another email.", false],
  last_owner: [
    409,
    "An account keeps at least one owner",
    "Make another user an owner first.",
    false,
  ],
  change_in_progress: [
    409,
    "Another change of the same thing is under way",
    "Wait a moment and send the same request again.",
    true,
  ],
  session_name_taken: [
    409,
    "A session with this name exists",
    "Use that session, delete it, or choose another name.",
    false,
  ],
  session_already_connected: [
    409,
    "The session is connected already",
    "Nothing to do; call disconnect first to link another phone.",
    false,
  ],
  session_exported: [
    409,
    "The session's credentials were exported",
    "Import its bundle into a session, or call disconnect to link a phone anew.",
    false,
  ],
  session_not_linked: [
    409,
    "The session is linked to no phone",
    "Connect it and link a phone first; there is nothing to export.",
    false,
  ],
  session_already_linked: [
    409,
    "The session has a phone of its own",
    "Import into a session that is not linked: make a new one.",
    false,
  ],
  bundle_already_imported: [
    409,
    "The bundle was imported already",
    "Its credentials live in the session named in `importedInto`; export them from there.",
    false,
  ],
  bundle_missing: [
    409,
    "The bundle is not in the store",
    "Put its bytes to `uploadUrl`, then send the same request again.",
    true,
  ],
  bundle_unreadable: [
    422,
    "The bundle cannot be opened",
    "Send it as it was downloaded, to the account and deployment that it was exported from.",
    false,
  ],
  invalid_phone: [
    422,
    "The phone is no phone number",
    "Send 10 to 15 digits with the country code, like +14155550123.",
    false,
  ],
  session_not_connected: [
    409,
    "The session is not connected",
    "Call POST /v1/sessions/{id}/connect, or send with queueWhenOffline: true.",
    false,
  ],
  idempotency_key_reused: [
    409,
    "This Idempotency-Key was used with another request",
    "Use a new key for a new request.",
    false,
  ],
  idempotency_key_in_progress: [
    409,
    "A request with this Idempotency-Key is under way",
    "Wait a moment and send the same request again.",
    true,
  ],
  session_limit_reached: [
    409,
    "Your plan's session limit is reached",
    "Delete a session or move to a larger plan.",
    false,
  ],
  webhook_limit_reached: [
    409,
    "The account has as many webhooks as it may have",
    "Delete one, or let one webhook serve several purposes.",
    false,
  ],
  webhook_disabled: [
    409,
    "The webhook is disabled",
    "Enable it with PATCH /v1/webhooks/{id} and { enabled: true } first.",
    false,
  ],
  payload_too_large: [
    413,
    "The body is too large",
    "Upload media with POST /v1/media and send its id.",
    false,
  ],
  unsupported_media_type: [
    415,
    "The body is not JSON",
    "Send Content-Type: application/json.",
    false,
  ],
  invalid_recipient: [
    422,
    "The recipient is no WhatsApp address",
    "Send a phone of 10 to 15 digits, or an address ending in @s.whatsapp.net, @g.us or @lid.",
    false,
  ],
  rate_limited: [429, "Too many requests", "Wait for the seconds in Retry-After.", true],
  internal: [
    500,
    "Something went wrong on our side",
    "Try again; if it stays, report the request id.",
    true,
  ],
  unavailable: [
    503,
    "A service that this needs did not answer",
    "Try again in a few seconds.",
    true,
  ],
} as const satisfies Record<string, readonly [number, string, string, boolean]>;

export type FaultCode = keyof typeof faultTable;

export const faultCodes = Object.keys(faultTable) as FaultCode[];
