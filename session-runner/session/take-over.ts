import { createEventStream } from "../events/event-stream.ts";
import type { EventStream } from "../events/event-stream.ts";
import { openJournal } from "../journal/open-journal.ts";
import type { OpenedJournal } from "../journal/open-journal.ts";
import { createSnapshotKeeper } from "../journal/snapshot-keeper.ts";
import type { SnapshotKeeper } from "../journal/snapshot-keeper.ts";
import { createInboundMedia } from "../media/inbound-media.ts";
import type { InboundMedia } from "../media/inbound-media.ts";
import type { SessionDeps, SessionIds } from "./deps.ts";

/** What a life holds from its claim on. */
export type Held = {
  opened: OpenedJournal;
  stream: EventStream;
  keeper: SnapshotKeeper;
  inbound: InboundMedia;
};

type Takeover = {
  /** Asked when the session's turn has come: what has not begun need not be given back. */
  isNeeded: () => boolean;
  onFenced: () => void;
  isSilent: () => boolean;
};

/** Undefined when it was not needed any more. */
export async function takeOver(
  deps: SessionDeps,
  ids: SessionIds,
  takeover: Takeover,
): Promise<Held | undefined> {
  const leave = await deps.loads.enter();
  try {
    return takeover.isNeeded() ? await claim(deps, ids, takeover) : undefined;
  } finally {
    leave();
  }
}

/** Claims the session's journal and publishes what the former owner may not have. */
async function claim(
  { stores, sender, media, inMediaTurn, now, log }: SessionDeps,
  ids: SessionIds,
  { onFenced, isSilent }: Takeover,
): Promise<Held> {
  const { sessionId, accountId } = ids;
  const opened = await openJournal(stores, sessionId);
  const { journal } = opened;
  const keeper = createSnapshotKeeper(stores, sessionId, opened, (err) =>
    log.warn({ sessionId, err }, "snapshot failed"),
  );
  journal.onFenced(onFenced);
  journal.onAppended(() => keeper.look());
  const stream = createEventStream({ ...ids, journal, sender, isSilent, now });
  stream.republish();
  const inbound = createInboundMedia({
    accountId,
    journal,
    stream,
    store: media,
    inTurn: inMediaTurn,
    onTrouble: (mediaId, err) => log.warn({ sessionId, mediaId, err }, "file could not be fetched"),
  });
  return { opened, stream, keeper, inbound };
}
