/** Whether a received file is in the store yet. */
export const mediaStatuses = ["pending", "ready", "failed"] as const;

/** Why a file could not be had from where it was said to be. */
export const mediaReasons = [
  "media_not_found",
  "media_unreachable",
  "media_address_denied",
  "media_too_large",
  "media_empty",
  "media_wrong_type",
  "media_damaged",
  "media_expired",
  "media_upload_failed",
] as const;
