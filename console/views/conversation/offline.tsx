import { Link } from "wouter-preact";
import { useSession } from "../../live/use-session.ts";
import { texts } from "../../texts/texts.ts";

const sending = ["active", "reconnecting", "connecting"];

/** Says before one writes that it could not be sent, and what to do. */
export function Offline({ sessionId }: { sessionId: string }) {
  const { data } = useSession(sessionId);
  if (!data || sending.includes(data.status.status)) return null;
  return (
    <p class="offline" role="status">
      {texts.conversations.offline}{" "}
      <Link href={`/sessions/${sessionId}`}>{texts.conversations.connect}</Link>
    </p>
  );
}
