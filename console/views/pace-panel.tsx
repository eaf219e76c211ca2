import type { SessionStatus } from "../live/session-state.ts";
import { TimeOf } from "../parts/time-of.tsx";
import { texts } from "../texts/texts.ts";

const words = texts.pace;

/** How fast a session may send now, and what holds it back. */
export function PacePanel({ status }: { status: SessionStatus }) {
  const { pacing, newChats, limit } = status;
  return (
    <section class="card" aria-labelledby="pace">
      <h2 id="pace">{words.title}</h2>
      {limit?.active && (
        <p class="warning" role="status">
          {limit.detail}
          {limit.until !== null && (
            <>
              {" "}
              {words.until} <TimeOf at={limit.until} />
            </>
          )}
        </p>
      )}
      <dl>
        <dt>{words.pacing}</dt>
        <dd>{pacing ? words.paced(pacing.perMinute, pacing.burst) : words.free}</dd>
        <dt>{words.newChats}</dt>
        <dd>{newChats.perDay === null ? words.anyNumber : words.aDay(newChats.perDay)}</dd>
      </dl>
    </section>
  );
}
