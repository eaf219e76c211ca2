import { Fragment } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Message } from "../../live/chats.ts";
import type { Names } from "../../live/contact-names.ts";
import { dayOf } from "../../parts/time-of.tsx";
import { texts } from "../../texts/texts.ts";
import { Bubble } from "./bubble.tsx";
import { useCalls } from "./use-calls.ts";
import { CallNote } from "./call-note.tsx";

type ThreadProps = {
  chat: string;
  isGroup: boolean;
  /** Newest first. */
  messages: readonly Message[];
  names: Names;
  older: { has: boolean; isLoading: boolean; load: () => unknown };
  onActions: (message: Message) => void;
  onOpen: (chat: string) => void;
};

/** So near to an edge counts as being there. */
const nearPx = 80;

/**
 * A chat's messages, oldest first; it follows the newest, and fetches older ones when scrolled up.
 * The box is laid out from its bottom (see the style), so that the browser itself stays at the
 * newest, and keeps in view what was in view while older ones come.
 */
export function Thread({ chat, messages, names, older, isGroup, ...rest }: ThreadProps) {
  const box = useRef<HTMLDivElement>(null);
  const top = useRef<HTMLParagraphElement>(null);
  const [isAway, setAway] = useState(false);
  const calls = useCalls(chat);

  const toNewest = () => {
    if (box.current) box.current.scrollTop = 0;
  };

  const newest = messages[0];
  useEffect(() => {
    // Who has just written wants to see it.
    if (newest?.direction === "outbound") toNewest();
  }, [newest?.id]);

  const canLoad = older.has && !older.isLoading;
  useEffect(() => {
    if (!canLoad || !top.current) return;
    const watch = new IntersectionObserver(
      (seen) => {
        if (seen.some(({ isIntersecting }) => isIntersecting)) older.load();
      },
      { root: box.current, rootMargin: `${nearPx}px` },
    );
    watch.observe(top.current);
    return () => watch.disconnect();
  }, [canLoad]);

  const words = texts.conversations;
  const oldestFirst = messages.toReversed();
  return (
    <div class="thread-box">
      <div
        class="thread-scroll"
        ref={box}
        tabIndex={0}
        role="region"
        aria-label={words.thread}
        onScroll={({ currentTarget }) => setAway(-currentTarget.scrollTop >= nearPx)}
      >
        <div>
          {older.has && (
            <p class="centered" ref={top}>
              <button type="button" aria-busy={older.isLoading} onClick={() => older.load()}>
                {words.older}
              </button>
            </p>
          )}
          {messages.length === 0 && <p class="hint centered">{words.empty}</p>}
          <ol
            class="bubbles"
            aria-live={older.isLoading ? "off" : "polite"}
            aria-relevant="additions"
          >
            {oldestFirst.map((message, index) => {
              const day = dayOf(message.createdAt);
              const before = oldestFirst[index - 1];
              const isNewDay = before === undefined || dayOf(before.createdAt) !== day;
              return (
                <Fragment key={message.id}>
                  {isNewDay && <li class="day">{day}</li>}
                  <Bubble message={message} names={names} isGroup={isGroup} {...rest} />
                </Fragment>
              );
            })}
            {calls.map((call) => (
              <CallNote key={call.id} call={call} />
            ))}
          </ol>
        </div>
      </div>
      {/* Always there: what comes to lie over a box stops its smooth scrolling. */}
      <button type="button" class="to-newest" inert={!isAway} onClick={toNewest}>
        {words.toNewest} ↓
      </button>
    </div>
  );
}
