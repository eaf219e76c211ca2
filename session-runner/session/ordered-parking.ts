import type { MessageStore } from "./message-store.ts";

/**
 * Parks one message of a session after the other: behind one that could not be stored none may be
 * stored either, or it would be sent first. Who asks for a session's messages gets those on their
 * way as well.
 * @param isOurs whether the session's shard is still this worker's: the owner after it looks for
 *   what was parked before, and for nothing that comes later
 */
export function orderedParking(store: MessageStore, isOurs: () => Promise<boolean>): MessageStore {
  const last = new Map<string, Promise<void>>();
  return {
    ...store,
    park(sessionId, messageId) {
      const before = last.get(sessionId) ?? Promise.resolve();
      const mine = before.then(async () => {
        await store.park(sessionId, messageId);
        if (!(await isOurs())) throw new Error("the shard has gone to another worker");
      });
      last.set(sessionId, mine);
      const forget = () => {
        if (last.get(sessionId) === mine) last.delete(sessionId);
      };
      mine.then(forget, forget);
      return mine;
    },
    async listParked(sessionId) {
      await last.get(sessionId)?.catch(() => undefined);
      return store.listParked(sessionId);
    },
  };
}
