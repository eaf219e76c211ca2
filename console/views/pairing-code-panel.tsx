import { useApi } from "../access/use-api.ts";
import { usePairingCode } from "../live/use-pairing-code.ts";
import type { Session } from "../live/use-sessions.ts";
import { ActionButton } from "../parts/action-button.tsx";
import { CopyButton } from "../parts/copy-button.tsx";
import { Countdown } from "../parts/countdown.tsx";
import { texts } from "../texts/texts.ts";
import { useSessionActions } from "./session-actions.ts";
import { OwnPhone } from "./simulated-owner.tsx";

/** The eight characters that the phone's owner types. */
export function PairingCodePanel({ session }: { session: Session }) {
  const { places } = useApi();
  const code = usePairingCode(session.id);
  const { stop } = useSessionActions(session.id);
  return (
    <div class="columns">
      <section class="card linking" aria-labelledby="type">
        <h2 id="type">{texts.session.typeTitle}</h2>
        <p>{texts.session.typeHow}</p>
        {code ? (
          <>
            <p class="code">
              <output>{code.code}</output> <CopyButton text={code.code} />
            </p>
            <p>
              {texts.session.phone} {code.phone}
            </p>
            <p role="status">{texts.session.attempt(code.attempt, code.maxAttempts)}</p>
            <p>
              {texts.session.newCodeIn} <Countdown until={code.expiresAt} />
            </p>
          </>
        ) : (
          <p role="status">{texts.session.waiting}</p>
        )}
        <ActionButton label={texts.session.cancelLinking} onPress={stop} />
      </section>
      {places.hasSimulator && code && (
        <OwnPhone
          sessionId={session.id}
          number={code.phone}
          act={{ kind: "type", code: code.code }}
        />
      )}
    </div>
  );
}
