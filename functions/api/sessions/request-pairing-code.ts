import { implement } from "#functions/middleware/implement.ts";
import { sessionRoutes } from "#shared/routes/sessions.ts";
import { parsePhone } from "./parse-phone.ts";
import type { SessionDeps } from "./session-deps.ts";
import { startConnecting } from "./start-connecting.ts";
import { toPairingCode } from "./to-pairing-code.ts";
import { waitForCode } from "./wait-for-code.ts";

const retryIn = 3_000;

export const requestPairingCode = implement(
  sessionRoutes.requestPairingCode,
  async ({ caller, params, body, requestId }, deps: SessionDeps) => {
    const phone = parsePhone(body.phone);
    const before = await startConnecting(deps, { caller, ...params, requestId, phone });
    const { code, ...waiting } = await waitForCode(deps, caller, before);
    if (code?.type === "session.pairing_code") return { status: 200, body: toPairingCode(code) };
    const body202 = "body" in waiting ? waiting.body : { status: before.status, retryIn };
    return { status: 202, body: body202 };
  },
);
