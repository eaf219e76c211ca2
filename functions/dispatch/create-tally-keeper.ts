import { foldSession } from "#functions/count/fold-session.ts";
import { dayOf } from "#functions/count/tally.ts";
import type { Table } from "#functions/store/items.ts";
import * as tallies from "#functions/store/tallies.ts";
import type { EventBatch } from "#shared/contracts/event.ts";
import { parseCursor } from "#shared/cursor.ts";
import type { Logger } from "pino";

/** A session's log is counted whenever its numbering passes a multiple of this. */
const foldEvery = 64;
const notedAtOnce = 20_000;

export type TallyKeeper = (batch: EventBatch) => Promise<void>;

/**
 * Has a session's events counted: many at a time while they come, the rest when the day is over, for
 * which one note a day and instance is enough. That is one write unit in 64 events of a busy session.
 */
export function createTallyKeeper({
  messages,
  log,
}: {
  messages: Table;
  log: Logger;
}): TallyKeeper {
  const noted = new Set<string>();
  return async ({ sessionId, accountId, events }) => {
    const owner = { sessionId, accountId };
    const day = dayOf(messages.now());
    const note = `${day} ${sessionId}`;
    if (!noted.has(note)) {
      await tallies.noteDue(messages, owner, day);
      if (noted.size >= notedAtOnce) noted.clear();
      noted.add(note);
    }
    if (!events.some(({ cursor }) => parseCursor(cursor).seq % foldEvery === 0)) return;
    // Whatever it misses is counted the next time.
    await foldSession(messages, owner).catch((error: unknown) =>
      log.warn({ err: error, ...owner }, "events could not be counted"),
    );
  };
}
