import type { SessionReason, SessionState } from "#shared/contracts/session-status.ts";

/** What to do when a socket of a linked session has ended. */
export type Reaction =
  /** Try again after the back-off; `park` after so many in ten minutes, 0 for never. */
  | { kind: "reconnect"; parkAfter: number }
  /** Expected: try again at once. */
  | { kind: "restart" }
  | { kind: "end"; state: SessionState; reason: SessionReason; detail: string };

const tenMinutesLimit = 5;

/** The reaction to each of WhatsApp's codes, by the table in docs/reactions.md. */
export function reactionTo(code: number, byServer: boolean): Reaction {
  switch (code) {
    case 401:
      return byServer
        ? end(
            "logged_out",
            "unlinked_by_phone",
            "The phone unlinked this device; connect to pair again.",
          )
        : { kind: "reconnect", parkAfter: tenMinutesLimit };
    case 402:
      return end("error", "temporarily_banned", "WhatsApp has banned this account for a while.");
    case 403:
    case 406:
      return end("error", "account_locked", "WhatsApp has locked or banned this account.");
    case 405:
    case 409:
      return end("error", "client_outdated", "WhatsApp refuses this version of the client.");
    case 411:
      return end(
        "error",
        "multi_device_mismatch",
        "The account is not on multi-device; pair again.",
      );
    case 440:
      return { kind: "reconnect", parkAfter: 2 };
    case 515:
      return { kind: "restart" };
    case 408:
    case 428:
    case 503:
      return { kind: "reconnect", parkAfter: 0 };
    case 500:
      return { kind: "reconnect", parkAfter: tenMinutesLimit };
    case 400:
      return end("error", "server_unverified", "The server's certificate is not WhatsApp's.");
    default:
      return end("error", "unknown", `WhatsApp ended the connection with code ${code}.`);
  }
}

function end(state: SessionState, reason: SessionReason, detail: string): Reaction {
  return { kind: "end", state, reason, detail };
}
