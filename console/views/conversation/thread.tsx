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

/** A chat's messages, oldest first; it follows the newest, and fetches older ones when scrolled up. */
export function Thread({ chat, messages, names, older, isGroup, ...rest }: ThreadProps) {
  const box = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLOListElement>(null);
  const fromBottom = useRef(0);
  const height = useRef(0);
  const [isAway, setAway] = useState(false);
  const calls = useCalls(chat);

  // Whatever grows (older messages, a picture that has come), what was in view stays in view, and
  // who was at the bottom is there again.
  useEffect(() => {
    const watch = new ResizeObserver(() => {
      const element = box.current;
      if (!element) return;
      const keep = fromBottom.current < nearPx ? 0 : fromBottom.current;
      height.current = element.scrollHeight;
      element.scrollTop = element.scrollHeight - element.clientHeight - keep;
    });
    if (list.current) watch.observe(list.current);
    return () => watch.disconnect();
  }, []);

  const newest = messages[0];
  useEffect(() => {
    // Who has just written wants to see it.
    if (newest?.direction !== "outbound" || !box.current) return;
    fromBottom.current = 0;
    box.current.scrollTop = box.current.scrollHeight;
  }, [newest?.id]);

  const scrolled = () => {
    const element = box.current;
    // What has just grown has moved by itself; its place is found again in a moment.
    if (!element || element.scrollHeight !== height.current) return;
    fromBottom.current = element.scrollHeight - element.clientHeight - element.scrollTop;
    setAway(fromBottom.current >= nearPx);
    if (element.scrollTop < nearPx && older.has && !older.isLoading) older.load();
  };
  const toNewest = () => {
    const element = box.current;
    if (element) element.scrollTop = element.scrollHeight;
  };

  const words = texts.conversations;
  const oldestFirst = messages.toReversed();
  return (
    <div class="thread-box">
      <div
        class="scroll"
        ref={box}
        tabIndex={0}
        role="region"
        aria-label={words.thread}
        onScroll={scrolled}
      >
        {older.has && (
          <p class="centered">
            <button type="button" aria-busy={older.isLoading} onClick={() => older.load()}>
              {words.older}
            </button>
          </p>
        )}
        {messages.length === 0 && <p class="hint centered">{words.empty}</p>}
        <ol
          class="bubbles"
          ref={list}
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
      {isAway && (
        <button type="button" class="to-newest" onClick={toNewest}>
          {words.toNewest} ↓
        </button>
      )}
    </div>
  );
}
