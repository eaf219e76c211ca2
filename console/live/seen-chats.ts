const keyOf = (sessionId: string) => `wafleet.seen.${sessionId}`;

/** Up to when each chat was looked at in this tab: WhatsApp is told nothing by looking. */
export const seenChats = {
  read(sessionId: string): Record<string, string> {
    return JSON.parse(sessionStorage.getItem(keyOf(sessionId)) ?? "{}") as Record<string, string>;
  },
  keep(sessionId: string, chat: string, upTo: string): void {
    const seen = seenChats.read(sessionId);
    if ((seen[chat] ?? "") >= upTo) return;
    sessionStorage.setItem(keyOf(sessionId), JSON.stringify({ ...seen, [chat]: upTo }));
  },
};
