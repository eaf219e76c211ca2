import { z } from "zod";
import {
  addressParam,
  changeChatBody,
  chatSchema,
  checkContactsBody,
  knownContactSchema,
  personSchema,
} from "../contracts/chat.ts";
import { pageOf, pageQueryShape } from "../contracts/page.ts";
import { idSchema } from "../ids.ts";
import { askAnswers, askFaults, doneAnswers } from "./ask-answers.ts";
import { defineRoute } from "./define-route.ts";

const session = { sessionId: idSchema("session") };
const params = z.strictObject(session);
const ofContact = z.strictObject({ ...session, contactId: personSchema });
const send = { access: "scope", scope: "messages:send" } as const;
const read = { access: "scope", scope: "messages:read" } as const;

export const contactRoutes = {
  checkContacts: defineRoute({
    name: "checkContacts",
    method: "POST",
    path: "/v1/sessions/{sessionId}/contacts/check",
    lambda: "chats",
    summary: "Which of these phones are on WhatsApp; what is known is not asked again for a day",
    auth: send,
    limit: "session",
    params,
    body: checkContactsBody,
    example: { body: { contacts: ["+14155550123"] } },
    responses: askAnswers("contacts.check", "Each phone, in the order of asking"),
    faults: [...askFaults],
  }),
  listContacts: defineRoute({
    name: "listContacts",
    method: "GET",
    path: "/v1/sessions/{sessionId}/contacts",
    lambda: "chats",
    summary: "People that the session has come across",
    auth: read,
    params,
    query: z.strictObject(pageQueryShape),
    example: { query: { limit: "20" } },
    responses: { 200: { description: "Contacts", body: pageOf(knownContactSchema) } },
    faults: ["not_found"],
  }),
  getContactPicture: defineRoute({
    name: "getContactPicture",
    method: "GET",
    path: "/v1/sessions/{sessionId}/contacts/{contactId}/picture",
    lambda: "chats",
    summary: "Where a contact's picture is, as WhatsApp says now",
    auth: read,
    params: ofContact,
    query: z.strictObject({ size: z.enum(["preview", "full"]).default("preview") }),
    example: { query: { size: "full" } },
    responses: askAnswers("contact.picture", "Its address, which WhatsApp lets expire"),
    faults: [...askFaults],
  }),
  blockContact: defineRoute({
    name: "blockContact",
    method: "PUT",
    path: "/v1/sessions/{sessionId}/contacts/{contactId}/block",
    lambda: "chats",
    summary: "Block a contact",
    auth: send,
    params: ofContact,
    responses: doneAnswers,
    faults: [...askFaults],
  }),
  unblockContact: defineRoute({
    name: "unblockContact",
    method: "DELETE",
    path: "/v1/sessions/{sessionId}/contacts/{contactId}/block",
    lambda: "chats",
    summary: "Block a contact no longer",
    auth: send,
    params: ofContact,
    responses: doneAnswers,
    faults: [...askFaults],
  }),
  listBlocked: defineRoute({
    name: "listBlocked",
    method: "GET",
    path: "/v1/sessions/{sessionId}/blocked",
    lambda: "chats",
    summary: "Whom the account blocks, as WhatsApp says now",
    auth: read,
    params,
    responses: askAnswers("contacts.blocked", "Contacts"),
    faults: [...askFaults],
  }),
  listChats: defineRoute({
    name: "listChats",
    method: "GET",
    path: "/v1/sessions/{sessionId}/chats",
    lambda: "chats",
    summary: "Chats of the session, with people and groups",
    auth: read,
    params,
    query: z.strictObject(pageQueryShape),
    example: { query: { limit: "20" } },
    responses: { 200: { description: "Chats", body: pageOf(chatSchema) } },
    faults: ["not_found"],
  }),
  changeChat: defineRoute({
    name: "changeChat",
    method: "PATCH",
    path: "/v1/sessions/{sessionId}/chats/{chatId}",
    lambda: "chats",
    summary: "Archive or mute a chat, mark it read or unread, on all the account's devices",
    auth: send,
    params: z.strictObject({ ...session, chatId: addressParam }),
    body: changeChatBody,
    example: { body: { archived: true } },
    responses: doneAnswers,
    faults: [...askFaults],
  }),
};
