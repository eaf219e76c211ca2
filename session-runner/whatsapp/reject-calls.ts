import type { WASocket } from "./baileys.ts";

/** Rejects calls as they begin to ring, as long as the tenant wants that. */
export function rejectCalls(socket: WASocket, isWanted: () => boolean): void {
  socket.ev.on("call", (calls) => {
    for (const { id, from, status, offline } of calls) {
      // One that rang while nobody was here is over.
      if (status !== "offer" || offline || !isWanted()) continue;
      // Unanswered, it rings on at the phone: nothing else can be done about it.
      socket.rejectCall(id, from).catch(() => undefined);
    }
  });
}
