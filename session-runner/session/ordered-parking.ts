import type { MessageStore } from "./message-store.ts";

/**
 * Parks the messages of a chat one after the other: behind one that could not be stored none may be
 * stored either, or it would be sent first. Who asks for a session's messages gets those on their
 * way as well.
 * @param isOurs whether the session's shard is still this worker's: the owner after it looks for
 *   what was parked before, and for nothing that comes later
 */
export function orderedParking(store: MessageStore, isOurs: () => Promise<boolean>): MessageStore {
  const last = new Map<string, Map<string, Promise<void>>>();

  async function parked(sessionId: string): Promise<void> {
    const ofSession = last.get(sessionId);
    if (ofSession) await Promise.allSettled(ofSession.values());
  }

  return {
    ...store,
    park(sessionId, message) {
      const ofSession = last.get(sessionId) ?? new Map<string, Promise<void>>();
      last.set(sessionId, ofSession);
      const { to } = message;
      const before = ofSession.get(to) ?? Promise.resolve();
      const mine = before.then(async () => {
        await store.park(sessionId, message);
        if (!(await isOurs())) throw new Error("the shard has gone to another worker");
      });
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
      yield* store.listParked(sessionId);
    },
    async *listParkedFrom(sessionId, messageId) {
      await parked(sessionId);
      yield* store.listParkedFrom(sessionId, messageId);
    },
  };
}
