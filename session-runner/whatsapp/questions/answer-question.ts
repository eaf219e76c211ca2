import type { AnswerOf, Question, QuestionKind } from "#shared/contracts/question.ts";
import { blockContact, checkContacts, findPicture, listBlocked } from "./contacts.ts";
import { changeChat, markRead } from "./chats.ts";
import * as groups from "./groups.ts";
import { setPresence, showTyping, subscribeToPresence } from "./presence.ts";
import type { QuestionContext } from "./question-context.ts";

/** Asks WhatsApp, or has it done. @throws what Baileys throws: see `toFailure` */
export async function answerQuestion(
  context: QuestionContext,
  question: Question,
): Promise<AnswerOf<QuestionKind>> {
  switch (question.kind) {
    case "presence.set":
      return setPresence(context, question);
    case "presence.subscribe":
      return subscribeToPresence(context, question);
    case "typing.show":
      return showTyping(context, question);
    case "messages.read":
      return markRead(context, question);
    case "contacts.check":
      return checkContacts(context, question);
    case "contact.picture":
      return findPicture(context, question);
    case "contact.block":
      return blockContact(context, question);
    case "contacts.blocked":
      return listBlocked(context);
    case "chat.change":
      return changeChat(context, question);
    case "group.list":
      return groups.list(context);
    case "group.get":
      return groups.get(context, question);
    case "group.create":
      return groups.create(context, question);
    case "group.rename":
      return groups.rename(context, question);
    case "group.members":
      return groups.changeMembers(context, question);
    case "group.invite":
      return groups.invite(context, question);
    case "group.leave":
      return groups.leave(context, question);
  }
}
