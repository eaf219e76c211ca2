import type { SessionReason, SessionState } from "#shared/contracts/session-status.ts";

export type Expected = { state: SessionState; reason: SessionReason | null };

const error = (reason: SessionReason): Expected => ({ state: "error", reason });
const back: Expected = { state: "active", reason: null };

/** The table of docs/reactions.md: where a linked session ends after one such code. */
const table: Record<number, Expected> = {
  401: { state: "logged_out", reason: "unlinked_by_phone" },
  402: error("temporarily_banned"),
  403: error("account_locked"),
  405: error("client_outdated"),
  406: error("account_locked"),
  408: back,
  409: error("client_outdated"),
  411: error("multi_device_mismatch"),
  428: back,
  440: back,
  500: back,
  503: back,
  515: back,
  599: error("unknown"),
};

export const codes = Object.keys(table).map(Number);

export function whenOpen(code: number): Expected {
  return table[code] ?? back;
}

/** An answer of the web server alone does not unlink: whoever gave it may not be WhatsApp. */
export function withoutWord(code: number): Expected {
  return code === 401 ? back : whenOpen(code);
}

/** A session that is not linked yet shows the next code instead of coming back. */
export function whileLinking(code: number): Expected {
  const expected = whenOpen(code);
  return expected === back ? { state: "qr_ready", reason: null } : expected;
}
