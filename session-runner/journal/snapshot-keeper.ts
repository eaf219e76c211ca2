import type { OpenedJournal } from "./open-journal.ts";
import { wantsSnapshot, writeSnapshot } from "./snapshots.ts";
import type { SnapshotStores } from "./snapshots.ts";

export type SnapshotKeeper = {
  /** Writes a snapshot when the tail has grown enough; one at a time. */
  look(): void;
  /** Writes the last one: this owner adds nothing after it. */
  finish(): Promise<void>;
  /**
   * Like `finish`, for a session that waits to go on elsewhere: a short tail is quicker to read
   * again than a snapshot is to write.
   */
  handOver(): Promise<void>;
};

export function createSnapshotKeeper(
  stores: SnapshotStores,
  sessionId: string,
  { journal, key }: OpenedJournal,
  onFailed: (error: unknown) => void,
): SnapshotKeeper {
  let running: Promise<void> | undefined;
  async function finish(): Promise<void> {
    await running;
    await writeSnapshot(stores, sessionId, journal, key, true);
  }

  return {
    look() {
      if (running || !wantsSnapshot(journal, stores.now(), stores.tailLimit)) return;
      running = writeSnapshot(stores, sessionId, journal, key, false)
        .catch(onFailed)
        .finally(() => (running = undefined));
    },
    finish,
    async handOver() {
      await journal.flush();
      if (wantsSnapshot(journal, stores.now(), stores.tailLimit)) await finish();
    },
  };
}
