import type { Caller } from "#functions/auth/caller.ts";
import * as sessions from "#functions/store/sessions.ts";
import type { SessionItem } from "#functions/store/sessions.ts";
import { follows } from "#functions/store/subscriptions.ts";
import type { Subscription } from "#functions/store/subscriptions.ts";
import { eventSchema } from "#shared/contracts/event.ts";
import type { SocketDeps } from "./socket-deps.ts";

/** Sends each session's latest status and code, with the cursors they had. */
export async function pushCurrentState(
  deps: SocketDeps,
  caller: Caller,
  subscription: Subscription,
): Promise<void> {
  const found = await sessions.all(deps.control, caller);
  for (const text of found.flatMap((session) => currentEvents(session, deps.now()))) {
    if (!follows(subscription, eventSchema.parse(JSON.parse(text)))) continue;
    if ((await deps.push(subscription.connectionId, text)) === "gone") return;
  }
}

function currentEvents(session: SessionItem, now: number): string[] {
  const texts = session.lastStatusEvent === undefined ? [] : [session.lastStatusEvent];
  const hasCode = sessions.currentCode(session, now) !== undefined;
  if (hasCode && session.lastCodeEvent !== undefined) texts.push(session.lastCodeEvent);
  return texts;
}
