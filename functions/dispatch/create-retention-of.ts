import * as items from "#functions/store/items.ts";
import type { Table } from "#functions/store/items.ts";
import { retentionDays, sessionKey } from "#functions/store/sessions.ts";
import type { SessionItem } from "#functions/store/sessions.ts";

/** Days that a session's messages are kept. */
export type RetentionOf = (accountId: string, sessionId: string) => Promise<number>;

const trustMs = 60_000;
const knownAtOnce = 10_000;

/** A setting that changes seldom: looked up once a minute and session, one read unit each. */
export function createRetentionOf(control: Table, usual: number): RetentionOf {
  const known = new Map<string, { days: number; until: number }>();
  return async (accountId, sessionId) => {
    const now = control.now();
    const held = known.get(sessionId);
    if (held && held.until > now) return held.days;
    const session = await items.find<SessionItem>(control, sessionKey(accountId, sessionId));
    const days = session ? retentionDays(session, usual) : usual;
    if (known.size >= knownAtOnce) known.clear();
    known.set(sessionId, { days, until: now + trustMs });
    return days;
  };
}
