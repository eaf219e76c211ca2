import { Link, useLocation } from "wouter-preact";
import { useSession } from "../live/use-session.ts";
import { lazyView } from "../parts/lazy-view.tsx";
import { Problem } from "../parts/problem.tsx";
import { StateBadge } from "../parts/state-badge.tsx";
import { tabOf, Tabs } from "../parts/tabs.tsx";
import { texts } from "../texts/texts.ts";
import { SessionLog } from "./session-log.tsx";
import { SessionOverview } from "./session-overview.tsx";
import { SessionSettings } from "./session-settings.tsx";

const Conversations = lazyView(() =>
  import("./conversation/conversations.tsx").then((found) => found.Conversations),
);
const BulkSend = lazyView(() => import("./bulk-send.tsx").then((found) => found.BulkSend));
const Scheduled = lazyView(() =>
  import("./schedule/scheduled.tsx").then((found) => found.Scheduled),
);

type SessionViewProps = {
  sessionId: string;
  tab: string | undefined;
  /** What is open inside the tab. */
  opened: string | undefined;
};

export function SessionView({ sessionId, tab, opened }: SessionViewProps) {
  const { data, error } = useSession(sessionId);
  const [, go] = useLocation();
  if (!data) return error ? <Problem error={error} /> : <p role="status">{texts.loading}</p>;
  const { session, status } = data;
  const { tabs, tabsLabel } = texts.session;
  const shown = tabOf(tabs, tab);
  return (
    <>
      <p>
        <Link href="/">← {texts.session.back}</Link>
      </p>
      <div class="title">
        <h1>{session.name}</h1>
        <span role="status">
          <StateBadge state={status.status} />
        </span>
      </div>
      <Tabs label={tabsLabel} base={`/sessions/${sessionId}`} tabs={tabs} shown={shown} />
      {shown === "overview" && <SessionOverview session={session} status={status} />}
      {shown === "conversations" && <Conversations sessionId={sessionId} opened={opened} />}
      {shown === "bulk" && <BulkSend sessionId={sessionId} />}
      {shown === "scheduled" && <Scheduled sessionId={sessionId} />}
      {shown === "log" && <SessionLog sessionId={sessionId} />}
      {shown === "settings" && (
        <SessionSettings session={session} status={status} onDeleted={() => go("/")} />
      )}
    </>
  );
}
