import { useState } from "preact/hooks";
import { useLiveNews } from "../live/live-provider.tsx";
import { useSessions } from "../live/use-sessions.ts";
import { EventList } from "../parts/event-list.tsx";
import { EventTypeSelect } from "../parts/event-type-select.tsx";
import { Select } from "../parts/select.tsx";
import { texts } from "../texts/texts.ts";

/** What happens, as it happens. */
export function EventsView() {
  const { events } = useLiveNews();
  const { data: sessions = [] } = useSessions();
  const [type, setType] = useState("");
  const [session, setSession] = useState("");
  const shown = events.filter(
    (event) =>
      (type === "" || event.type === type) && (session === "" || event.sessionId === session),
  );
  const nameOf = new Map(sessions.map(({ id, name }) => [id, name]));
  const words = texts.events;
  return (
    <>
      <h1>{words.title}</h1>
      <p class="hint">{words.about}</p>
      <div class="toolbar">
        <EventTypeSelect label={words.type} type={type} onPick={setType} />
        <Select
          label={words.session}
          value={session}
          onChange={(event) => setSession(event.currentTarget.value)}
          options={[
            { value: "", label: words.all },
            ...sessions.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      </div>
      {shown.length === 0 ? (
        <p class="empty" role="status">
          {words.none}
        </p>
      ) : (
        <EventList events={shown} names={nameOf} />
      )}
    </>
  );
}
