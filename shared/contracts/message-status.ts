import { z } from "zod";
import { mediaReasons } from "./media.ts";

/** In this order; a message never goes backwards. `failed` and `unknown` end it where it is. */
export const messageStatuses = [
  "queued",
  "sent",
  "delivered",
  "read",
  "played",
  "failed",
  "unknown",
] as const;

export type MessageStatus = (typeof messageStatuses)[number];

export const messageStatusSchema = z.enum(messageStatuses);

/** Why a message failed, or why its fate is not known. */
export const messageReasons = [
  "recipient_not_on_whatsapp",
  "recipient_unanswered",
  "no_devices",
  "refused_by_whatsapp",
  "reach_out_locked",
  "rate_limited_by_whatsapp",
  "session_ended",
  "expired",
  "cancelled",
  "not_acknowledged",
  "not_in_group",
  ...mediaReasons,
  "internal",
] as const;

export type MessageReason = (typeof messageReasons)[number];

export const messageReasonSchema = z.enum(messageReasons);

/**
 * The rank of a status for "never backwards". `unknown` ranks lowest after queued, because a later
 * acknowledgement or receipt settles it; `failed` ranks below delivered for the same reason.
 */
export const statusRank: Record<MessageStatus, number> = {
  queued: 0,
  unknown: 1,
  failed: 2,
  sent: 3,
  delivered: 4,
  read: 5,
  played: 6,
};
