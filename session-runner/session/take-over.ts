import { createEventStream } from "../events/event-stream.ts";
import type { EventStream } from "../events/event-stream.ts";
import { openJournal } from "../journal/open-journal.ts";
import type { OpenedJournal } from "../journal/open-journal.ts";
import { createSnapshotKeeper } from "../journal/snapshot-keeper.ts";
import type { SnapshotKeeper } from "../journal/snapshot-keeper.ts";
import type { SessionDeps, SessionIds } from "./deps.ts";

/** What a life holds from its claim on. */
export type Held = { opened: OpenedJournal; stream: EventStream; keeper: SnapshotKeeper };

/** Claims the session's journal and publishes what the former owner may not have. */
export async function takeOver(
  { stores, sender, now, log }: SessionDeps,
  ids: SessionIds,
  { onFenced, isSilent }: { onFenced: () => void; isSilent: () => boolean },
): Promise<Held> {
  const { sessionId } = ids;
  const opened = await openJournal(stores, sessionId);
  const { journal } = opened;
  const keeper = createSnapshotKeeper(stores, sessionId, opened, (err) =>
    log.warn({ sessionId, err }, "snapshot failed"),
  );
  journal.onFenced(onFenced);
  journal.onAppended(() => keeper.look());
  const stream = createEventStream({ ...ids, journal, sender, isSilent, now });
  stream.republish();
  return { opened, stream, keeper };
}
