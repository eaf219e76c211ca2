import type { AnswerOf, QuestionOf } from "#shared/contracts/question.ts";
import { toKnownContact } from "../contact.ts";
import type { QuestionContext } from "./question-context.ts";

export async function setPresence(
  { socket }: QuestionContext,
  { available }: QuestionOf<"presence.set">,
): Promise<AnswerOf<"presence.set">> {
  await socket.sendPresenceUpdate(available ? "available" : "unavailable");
  return {};
}

/** WhatsApp names the contact by either address in what follows. */
export async function subscribeToPresence(
  { socket, subscriptions }: QuestionContext,
  { contact: jid }: QuestionOf<"presence.subscribe">,
): Promise<AnswerOf<"presence.subscribe">> {
  const contact = await toKnownContact(socket, jid);
  subscriptions.set(jid, contact);
  if (contact.lid) subscriptions.set(contact.lid, contact);
  if (contact.phone) subscriptions.set(`${contact.phone.slice(1)}@s.whatsapp.net`, contact);
  await socket.presenceSubscribe(jid);
  return {};
}

export async function showTyping(
  { socket }: QuestionContext,
  { chat, state }: QuestionOf<"typing.show">,
): Promise<AnswerOf<"typing.show">> {
  await socket.sendPresenceUpdate(state, chat);
  return {};
}
