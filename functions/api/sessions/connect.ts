import type { Caller } from "#functions/auth/caller.ts";
import type { RouteAnswer } from "#functions/middleware/implement.ts";
import type { sessionRoutes } from "#shared/routes/sessions.ts";
import type { SessionDeps } from "./session-deps.ts";
import { startConnecting } from "./start-connecting.ts";
import { toPairingCode } from "./to-pairing-code.ts";
import { toQrCode } from "./to-qr-code.ts";
import { waitForCode } from "./wait-for-code.ts";

type Answer = RouteAnswer<typeof sessionRoutes.connectSession>;

/** Connects and waits briefly for the first code, whichever kind it is. */
export async function connect(
  deps: SessionDeps,
  asking: { caller: Caller; sessionId: string; requestId: string; phone: string | undefined },
): Promise<Answer> {
  const before = await startConnecting(deps, asking);
  const outcome = await waitForCode(deps, asking.caller, before);
  if (outcome.code === undefined) return { status: 202, body: outcome.body };
  const { code } = outcome;
  return {
    status: 200,
    body: code.type === "session.qr_code" ? await toQrCode(code) : toPairingCode(code),
  };
}
