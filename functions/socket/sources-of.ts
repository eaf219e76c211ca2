import type { Caller } from "#functions/auth/caller.ts";
import type { SessionItem } from "#functions/store/sessions.ts";
import { followsAccount } from "#functions/store/subscriptions.ts";
import type { Subscription } from "#functions/store/subscriptions.ts";

/** The sources that a subscription follows, of those that there are. */
export function sourcesOf(
  caller: Caller,
  subscription: Subscription,
  own: SessionItem[],
): string[] {
  const { sessions } = subscription;
  const followed = own.filter(({ sessionId }) => sessions?.includes(sessionId) ?? true);
  const account = followsAccount(subscription) ? [caller.accountId] : [];
  return [...followed.map(({ sessionId }) => sessionId), ...account];
}
