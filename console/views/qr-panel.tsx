import { useApi } from "../access/use-api.ts";
import type { SessionStatus } from "../live/session-state.ts";
import { useQrCode } from "../live/use-session.ts";
import type { Session } from "../live/use-sessions.ts";
import { ActionButton } from "../parts/action-button.tsx";
import { Problem } from "../parts/problem.tsx";
import { Countdown } from "../parts/countdown.tsx";
import { texts } from "../texts/texts.ts";
import { useSessionActions } from "./session-actions.ts";
import { OwnPhone } from "./simulated-owner.tsx";

/** The QR code, how long it holds, and which attempt it is. */
export function QrPanel({ session, status }: { session: Session; status: SessionStatus }) {
  const { places } = useApi();
  const { data: code, error } = useQrCode(session.id, true);
  const { reconnect, stop } = useSessionActions(session.id);
  return (
    <div class="columns">
      <section class="card linking" aria-labelledby="scan">
        <h2 id="scan">{texts.session.scanTitle}</h2>
        <p>{texts.session.scanHow}</p>
        <div class="scan">
          {code ? (
            <img class="qr" src={code.qrCode} alt={texts.session.qrAlt} width={264} height={264} />
          ) : (
            <p class="qr blank" role="status">
              {texts.session.waiting}
            </p>
          )}
          <div>
            {code && (
              <>
                <p role="status">
                  <strong>{texts.session.attempt(code.qrAttempt, code.maxAttempts)}</strong>
                </p>
                <p>
                  {texts.session.newCodeIn} <Countdown until={code.expiresAt} />
                </p>
              </>
            )}
            {status.pairingWindowEndsAt !== null && (
              <p>
                {texts.session.linkingEndsIn} <Countdown until={status.pairingWindowEndsAt} />
              </p>
            )}
            <Problem error={code ? null : error} />
            <div class="actions">
              <ActionButton label={texts.session.newCode} onPress={reconnect} />
              <ActionButton label={texts.session.cancelLinking} onPress={stop} />
            </div>
          </div>
        </div>
      </section>
      {places.hasSimulator && code && (
        <OwnPhone sessionId={session.id} act={{ kind: "scan", qr: code.qr }} />
      )}
    </div>
  );
}
