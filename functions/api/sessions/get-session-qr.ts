import { implement } from "#functions/middleware/implement.ts";
import * as sessions from "#functions/store/sessions.ts";
import type { SessionItem } from "#functions/store/sessions.ts";
import type { EventOf } from "#shared/contracts/event.ts";
import { Fault } from "#shared/faults/fault.ts";
import { sessionRoutes } from "#shared/routes/sessions.ts";
import QRCode from "qrcode";
import { chooseQrFormat } from "./choose-qr-format.ts";
import type { SessionDeps } from "./session-deps.ts";
import { shownStatus } from "./shown-status.ts";
import { toQrCode } from "./to-qr-code.ts";

const retryIn = 3_000;

export const getSessionQr = implement(
  sessionRoutes.getSessionQr,
  async ({ caller, params, headers }, { control, now }: SessionDeps) => {
    const session = await sessions.require(control, caller, params.sessionId);
    const event = requireQr(session, now());
    const contentType = chooseQrFormat(headers["accept"]);
    if (contentType === "application/json") return { status: 200, body: await toQrCode(event) };
    return { status: 200, raw: await draw(event.data.qr, contentType), contentType };
  },
);

function requireQr(session: SessionItem, now: number): EventOf<"session.qr_code"> {
  const event = sessions.currentQr(session, now);
  if (event) return event;
  const { status } = shownStatus(session, now);
  switch (status) {
    case "active":
      throw new Fault("session_already_connected");
    case "inactive":
    case "logged_out":
    case "error":
      throw new Fault("no_qr_code", {
        detail: `Call POST /v1/sessions/${session.sessionId}/connect first.`,
      });
    case "connecting":
    case "qr_ready":
    case "pairing_code_ready":
    case "reconnecting":
      throw new Fault("qr_code_not_ready", {
        extra: { retryIn },
        headers: { "retry-after": String(retryIn / 1000) },
      });
    default:
      return status satisfies never;
  }
}

async function draw(qr: string, format: "image/png" | "image/svg+xml"): Promise<Buffer> {
  if (format === "image/png") return QRCode.toBuffer(qr);
  return Buffer.from(await QRCode.toString(qr, { type: "svg" }));
}
