import type { SessionStatus } from "../live/session-state.ts";
import type { Session } from "../live/use-sessions.ts";
import { ActionButton } from "../parts/action-button.tsx";
import { TimeOf } from "../parts/time-of.tsx";
import { texts } from "../texts/texts.ts";
import { useSessionActions } from "./session-actions.ts";

/** A session that has its phone: which one, since when, and how to part from it. */
export function LinkedPanel({ session, status }: { session: Session; status: SessionStatus }) {
  const { stop, restart, disconnect } = useSessionActions(session.id);
  return (
    <section class="card">
      {status.detail !== null && <p role="status">{status.detail}</p>}
      <dl>
        <dt>{texts.session.linkedAs}</dt>
        <dd>{status.name ?? "–"}</dd>
        <dt>{texts.session.phone}</dt>
        <dd>{status.phone ?? "–"}</dd>
        <dt>{texts.session.since}</dt>
        <dd>
          <TimeOf at={status.lastStatusAt} />
        </dd>
      </dl>
      <div class="actions">
        <ActionButton
          label={texts.session.restart}
          confirm={texts.session.restartConfirm}
          onPress={restart}
        />
        <ActionButton
          label={texts.session.stop}
          confirm={texts.session.stopConfirm}
          onPress={stop}
        />
        <ActionButton
          label={texts.session.disconnect}
          confirm={texts.session.disconnectConfirm}
          kind="danger"
          onPress={disconnect}
        />
      </div>
    </section>
  );
}
