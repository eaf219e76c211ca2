import * as sessions from "#functions/store/sessions.ts";
import type { SessionItem } from "#functions/store/sessions.ts";
import { follows } from "#functions/store/subscriptions.ts";
import type { Subscription } from "#functions/store/subscriptions.ts";
import { eventSchema } from "#shared/contracts/event.ts";
import type { WafleetEvent } from "#shared/contracts/event.ts";
import type { SocketNotice } from "#shared/contracts/socket.ts";
import type { SocketDeps } from "./socket-deps.ts";

/** Sends each session's latest status and code, with the cursors they had. */
export async function pushCurrentState(
  deps: SocketDeps,
  own: SessionItem[],
  subscription: Subscription,
): Promise<void> {
  for (const session of own) {
    const events = currentEvents(session, deps.now()).filter((event) =>
      follows(subscription, event),
    );
    for (const text of toTexts(subscription, session.sessionId, events)) {
      if ((await deps.push(subscription.connectionId, text)) === "gone") return;
    }
  }
}

/** In a stream it is set apart: it would look like events that are out of order. */
function toTexts({ stream }: Subscription, sessionId: string, events: WafleetEvent[]): string[] {
  if (events.length === 0) return [];
  if (!stream) return events.map((event) => JSON.stringify(event));
  const notice: SocketNotice = { type: "socket.state", sessionId, events };
  return [JSON.stringify(notice)];
}

function currentEvents(session: SessionItem, now: number): WafleetEvent[] {
  const texts = session.lastStatusEvent === undefined ? [] : [session.lastStatusEvent];
  const hasCode = sessions.currentCode(session, now) !== undefined;
  if (hasCode && session.lastCodeEvent !== undefined) texts.push(session.lastCodeEvent);
  return texts.map((text) => eventSchema.parse(JSON.parse(text)));
}
