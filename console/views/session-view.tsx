import { Link, useLocation } from "wouter-preact";
import { useSession } from "../live/use-session.ts";
import { Problem } from "../parts/problem.tsx";
import { StateBadge } from "../parts/state-badge.tsx";
import { texts } from "../texts/texts.ts";
import { BulkSend } from "./bulk-send.tsx";
import { Conversations } from "./conversations.tsx";
import { SessionOverview } from "./session-overview.tsx";
import { SessionSettings } from "./session-settings.tsx";

type Tab = keyof typeof texts.session.tabs;

export function SessionView({ sessionId, tab }: { sessionId: string; tab: string | undefined }) {
  const { data, error } = useSession(sessionId);
  const [, go] = useLocation();
  if (!data) return error ? <Problem error={error} /> : <p role="status">{texts.loading}</p>;
  const { session, status } = data;
  const tabs = Object.keys(texts.session.tabs) as Tab[];
  const shown = tabs.find((name) => name === tab) ?? "overview";
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
      <nav class="tabs" aria-label={texts.session.tabsLabel}>
        {tabs.map((name) => (
          <Link
            key={name}
            href={`/sessions/${sessionId}${name === "overview" ? "" : `/${name}`}`}
            aria-current={name === shown ? "page" : undefined}
          >
            {texts.session.tabs[name]}
          </Link>
        ))}
      </nav>
      {shown === "overview" && <SessionOverview session={session} status={status} />}
      {shown === "conversations" && <Conversations sessionId={sessionId} />}
      {shown === "bulk" && <BulkSend sessionId={sessionId} />}
      {shown === "settings" && <SessionSettings session={session} onDeleted={() => go("/")} />}
    </>
  );
}
