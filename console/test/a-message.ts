import type { Message } from "../live/chats.ts";

/** A message that came in, or with these members instead. */
export function aMessage(members: Partial<Message> = {}): Message {
  return {
    id: "msg_1",
    sessionId: "ses_1",
    whatsappId: "3EB0",
    direction: "inbound",
    chat: "14155550123@s.whatsapp.net",
    from: null,
    by: null,
    content: { type: "text", text: { body: "Hello" } },
    status: "delivered",
    reason: null,
    recipients: null,
    detail: null,
    createdAt: "2026-11-21T10:00:00.000Z",
    sendAt: null,
    sentAt: null,
    deliveredAt: null,
    readAt: null,
    playedAt: null,
    editedAt: null,
    deletedAt: null,
    reactions: [],
    votes: [],
    ...members,
  };
}
