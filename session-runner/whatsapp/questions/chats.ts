import type { AnswerOf, QuestionOf } from "#shared/contracts/question.ts";
import { toKnownContact } from "../contact.ts";
import type { QuestionContext } from "./question-context.ts";

export async function markRead(
  { socket }: QuestionContext,
  { messages }: QuestionOf<"messages.read">,
): Promise<AnswerOf<"messages.read">> {
  await socket.readMessages(
    messages.map(({ chat, whatsappId, participant }) => ({
      remoteJid: chat,
      id: whatsappId,
      ...(participant !== undefined && { participant }),
    })),
  );
  return {};
}

/** One after the other: each is a patch of the account's state that builds on the one before. */
export async function changeChat(
  { socket, publish }: QuestionContext,
  { chat, archived, mutedUntil, read, newest }: QuestionOf<"chat.change">,
): Promise<AnswerOf<"chat.change">> {
  const lastMessages = newest.map(({ whatsappId, fromMe, participant, at }) => ({
    key: { id: whatsappId, remoteJid: chat, fromMe, ...(participant && { participant }) },
    messageTimestamp: Math.floor(at / 1_000),
  }));
  if (archived !== undefined) await socket.chatModify({ archive: archived, lastMessages }, chat);
  if (mutedUntil !== undefined) await socket.chatModify({ mute: mutedUntil }, chat);
  if (read !== undefined) await socket.chatModify({ markRead: read, lastMessages }, chat);
  // WhatsApp tells the account's other devices of it, and not the one that did it.
  publish({
    type: "contact.update",
    data: {
      contact: await toKnownContact(socket, chat),
      ...(archived !== undefined && { archived }),
      ...(mutedUntil !== undefined && {
        mutedUntil: mutedUntil === null ? null : new Date(mutedUntil).toISOString(),
      }),
      ...(read !== undefined && { read }),
    },
  });
  return {};
}
