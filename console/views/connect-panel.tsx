import type { SessionStatus } from "../live/session-state.ts";
import type { Session } from "../live/use-sessions.ts";
import { ActionButton } from "../parts/action-button.tsx";
import { Field } from "../parts/field.tsx";
import { Form } from "../parts/form.tsx";
import { texts } from "../texts/texts.ts";
import { useSessionActions } from "./session-actions.ts";

/** A session without a connection: why that is, and the ways to get one. */
export function ConnectPanel({ session, status }: { session: Session; status: SessionStatus }) {
  const { connect, pairingCode, stop } = useSessionActions(session.id);
  const isOnTheWay = status.status === "connecting";
  const isLinked = status.phone !== null && status.status !== "logged_out";
  return (
    <section class="card">
      {status.detail !== null && <p role="status">{status.detail}</p>}
      {isOnTheWay ? (
        <>
          <p role="status">{texts.session.waiting}</p>
          <ActionButton label={texts.session.cancelLinking} onPress={stop} />
        </>
      ) : (
        <ActionButton
          label={status.reason === null ? texts.session.connect : texts.session.connectAgain}
          kind="primary"
          onPress={connect}
        />
      )}
      {!isLinked && !isOnTheWay && (
        <details>
          <summary>{texts.session.byCode}</summary>
          <Form submit={texts.session.getCode} onSubmit={({ phone = "" }) => pairingCode(phone)}>
            <Field
              label={texts.session.byCodePhone}
              hint={texts.session.byCodeHint}
              name="phone"
              type="tel"
              required
              autocomplete="tel"
            />
          </Form>
        </details>
      )}
    </section>
  );
}
