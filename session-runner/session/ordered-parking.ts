import { ExpiringCache } from "../whatsapp/expiring-cache.ts";
import type { MessageStore } from "./message-store.ts";
import { RecentFirst } from "./recent-first.ts";

/** By then, the index of what waits shows what was stored; usually it does so at once. */
const indexLagMs = 60_000;

class ShardGoneError extends Error {
  override name = "ShardGoneError";
  override message = "the shard has gone to another worker";
}

/**
 * Parks the messages of a chat one after the other: behind one that could not be stored none may be
 * stored either, or it would be sent first. Who asks for a session's messages gets those on their
 * way as well, and those that the index does not show yet.
 * @param isOurs whether the session's shard is still this worker's: the owner after it looks for
 *   what was parked before, and for nothing that comes later
 */
export function orderedParking(
  store: MessageStore,
  isOurs: () => Promise<boolean>,
  now: () => number,
): MessageStore {
  const last = new Map<string, Map<string, Promise<void>>>();
  /** By the last look: nothing more is written then. */
  let isGone = false;
  const recent = new ExpiringCache<RecentFirst>(2 * indexLagMs, now);

  async function parked(sessionId: string): Promise<void> {
    const ofSession = last.get(sessionId);
    if (ofSession) await Promise.allSettled(ofSession.values());
  }

  async function park(sessionId: string, message: { messageId: string; to: string }) {
    if (isGone && !(await isOurs())) throw new ShardGoneError();
    await store.park(sessionId, message);
    const known = recent.get(sessionId) ?? new RecentFirst(indexLagMs, now);
    known.note(message.messageId);
    recent.set(sessionId, known);
    isGone = !(await isOurs());
    if (isGone) throw new ShardGoneError();
  }

  return {
    ...store,
    park(sessionId, message) {
      const ofSession = last.get(sessionId) ?? new Map<string, Promise<void>>();
      last.set(sessionId, ofSession);
      const { to } = message;
      const before = ofSession.get(to) ?? Promise.resolve();
      const mine = before.then(() => park(sessionId, message));
      ofSession.set(to, mine);
      const forget = () => {
        if (ofSession.get(to) === mine) ofSession.delete(to);
        if (ofSession.size === 0 && last.get(sessionId) === ofSession) last.delete(sessionId);
      };
      mine.then(forget, forget);
      return mine;
    },
    async *listParked(sessionId) {
      await parked(sessionId);
      const first = recent.get(sessionId)?.first;
      for await (const item of store.listParked(sessionId)) {
        if (first !== undefined && item.messageId >= first) break;
        yield item;
      }
      if (first !== undefined) yield* store.listParkedFrom(sessionId, first);
    },
    async *listParkedFrom(sessionId, messageId) {
      await parked(sessionId);
      yield* store.listParkedFrom(sessionId, messageId);
    },
  };
}
