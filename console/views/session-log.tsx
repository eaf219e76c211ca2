import { useState } from "preact/hooks";
import { useSessionLog } from "../live/use-session-log.ts";
import { ActionButton } from "../parts/action-button.tsx";
import { EventList } from "../parts/event-list.tsx";
import { EventTypeSelect } from "../parts/event-type-select.tsx";
import { Problem } from "../parts/problem.tsx";
import { texts } from "../texts/texts.ts";

const words = texts.log;
const page = 50;

/** A session's events, page by page. */
export function SessionLog({ sessionId }: { sessionId: string }) {
  const { events, isReading, hasMore, more, error } = useSessionLog(sessionId);
  const [type, setType] = useState("");
  const [most, setMost] = useState(page);
  const found = events.filter((event) => type === "" || event.type === type);
  const shown = found.slice(0, most);
  const none = events.length === 0 ? words.none : words.noneOfType;
  return (
    <>
      <p class="hint">{words.about}</p>
      <div class="toolbar">
        <EventTypeSelect label={words.type} type={type} onPick={setType} />
        {hasMore && !isReading && <ActionButton label={words.readOn} onPress={more} />}
      </div>
      <Problem error={error} />
      {isReading && <p role="status">{texts.loading}</p>}
      {!isReading && found.length === 0 && !error && <p class="empty">{none}</p>}
      {found.length > 0 && (
        <>
          <EventList events={shown} />
          <p class="hint" role="status">
            {words.shown(shown.length, found.length)}
          </p>
        </>
      )}
      {shown.length < found.length && (
        <button type="button" onClick={() => setMost(most + page)}>
          {texts.more}
        </button>
      )}
    </>
  );
}
