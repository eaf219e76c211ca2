import { useApi } from "../access/use-api.ts";
import type { SessionStatus } from "../live/session-state.ts";
import { useMessages } from "../live/use-session.ts";
import type { Session } from "../live/use-sessions.ts";
import { texts } from "../texts/texts.ts";
import { ConnectPanel } from "./connect-panel.tsx";
import { LinkedPanel } from "./linked-panel.tsx";
import { PacePanel } from "./pace-panel.tsx";
import { PairingCodePanel } from "./pairing-code-panel.tsx";
import { QrPanel } from "./qr-panel.tsx";
import { ContactPhone } from "./simulated-contact.tsx";
import { Steps } from "./steps.tsx";
import { TestMessage } from "./test-message.tsx";

/** What a session needs next: to be connected, a phone to be linked, or a message to be sent. */
export function SessionOverview({ session, status }: { session: Session; status: SessionStatus }) {
  const { places } = useApi();
  const { data: messages } = useMessages(session.id);
  const sent = messages?.data.filter(({ direction }) => direction === "outbound") ?? [];
  const isRead = sent.some(({ status: reached }) => reached === "read" || reached === "played");
  const isActive = status.status === "active";
  const reached = isRead ? 4 : sent.length > 0 ? 3 : isActive ? 2 : 1;
  const isNew = messages !== undefined && messages.nextCursor === null && sent.length <= 1;
  return (
    <>
      {isNew && <Steps reached={reached} />}
      {isNew && isRead && <p role="status">{texts.session.test.done}</p>}
      <div class="columns">
        <div>
          {panelOf(session, status)}
          {status.limit?.active && <PacePanel status={status} />}
          {(isActive || status.status === "reconnecting") && (
            <TestMessage sessionId={session.id} messages={messages?.data ?? []} />
          )}
        </div>
        {places.hasSimulator && isActive && <ContactPhone owner={status.phone} />}
      </div>
    </>
  );
}

function panelOf(session: Session, status: SessionStatus) {
  switch (status.status) {
    case "qr_ready":
      return <QrPanel session={session} status={status} />;
    case "pairing_code_ready":
      return <PairingCodePanel session={session} />;
    case "active":
    case "reconnecting":
      return <LinkedPanel session={session} status={status} />;
    case "connecting":
    case "inactive":
    case "error":
    case "logged_out":
      return <ConnectPanel session={session} status={status} />;
  }
}
