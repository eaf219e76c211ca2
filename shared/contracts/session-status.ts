import { z } from "zod";

export const sessionStates = [
  "inactive",
  "connecting",
  "qr_ready",
  "pairing_code_ready",
  "active",
  "reconnecting",
  "error",
  "logged_out",
] as const;

export type SessionState = (typeof sessionStates)[number];

export const sessionStateSchema = z.enum(sessionStates);

/** States in which a message waits for the connection instead of being refused. */
export const waitingStates: readonly SessionState[] = ["connecting", "reconnecting"];

/** Why a session is where it is; absent while all is well. */
export const sessionReasons = [
  "qr_limit",
  "pairing_window_over",
  "unlinked_by_phone",
  "disconnected_by_user",
  "stopped_by_user",
  "temporarily_banned",
  "account_locked",
  "client_outdated",
  "multi_device_mismatch",
  "replaced_elsewhere",
  "server_unverified",
  "journal_unreadable",
  "whatsapp_unreachable",
  "restarting",
  "crash_loop",
  "passkey_required",
  "no_worker",
  "exported",
  "imported",
  "bundle_unreadable",
  "already_linked",
  "proxy_refused",
  "proxy_unreachable",
  "unknown",
] as const;

export type SessionReason = (typeof sessionReasons)[number];

export const sessionReasonSchema = z.enum(sessionReasons);
