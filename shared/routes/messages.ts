import { z } from "zod";
import {
  acceptedMessageSchema,
  editMessageBody,
  forwardMessageBody,
  messageSchema,
  recipientsSchema,
} from "../contracts/message.ts";
import { reactionBody } from "../contracts/message-kinds.ts";
import { listMessagesQuery } from "../contracts/message-query.ts";
import { pageOf } from "../contracts/page.ts";
import { sendRequestBody } from "../contracts/send-request.ts";
import { idSchema } from "../ids.ts";
import { defineRoute } from "./define-route.ts";

const session = { sessionId: idSchema("session") };
const message = { ...session, messageId: idSchema("message") };
const sendFaults = [
  "invalid_recipient",
  "session_not_connected",
  "not_found",
  "template_variables",
  "media_not_found",
  "media_unfit",
  "message_unchangeable",
] as const;
const actionFaults = ["session_not_connected", "not_found", "message_unchangeable"] as const;
const accepted = { 202: { description: "Accepted: it will be sent", body: acceptedMessageSchema } };

export const messageRoutes = {
  sendMessage: defineRoute({
    name: "sendMessage",
    method: "POST",
    path: "/v1/sessions/{sessionId}/messages",
    lambda: "messages",
    summary: "Send a message",
    auth: { access: "scope", scope: "messages:send" },
    idempotent: true,
    findsItsOwn: true,
    limit: "session",
    audited: false,
    params: z.strictObject(session),
    body: sendRequestBody,
    example: {
      body: { to: "+14155550123", type: "text", text: { body: "Your order is on its way." } },
    },
    responses: { 202: { description: "Accepted: it will be sent", body: acceptedMessageSchema } },
    faults: [...sendFaults],
  }),
  sendMessageByKey: defineRoute({
    name: "sendMessageByKey",
    method: "POST",
    path: "/v1/messages",
    lambda: "messages",
    summary: "Send a message through the session that the API key is bound to",
    auth: { access: "scope", scope: "messages:send" },
    idempotent: true,
    findsItsOwn: true,
    limit: "session",
    audited: false,
    body: sendRequestBody,
    example: {
      body: { to: "+14155550123", type: "text", text: { body: "Your order is on its way." } },
    },
    responses: { 202: { description: "Accepted: it will be sent", body: acceptedMessageSchema } },
    faults: [...sendFaults],
  }),
  listMessages: defineRoute({
    name: "listMessages",
    method: "GET",
    path: "/v1/sessions/{sessionId}/messages",
    lambda: "messages",
    summary: "List a session's messages, newest first: of a chat, a time, a status, a direction",
    auth: { access: "scope", scope: "messages:read" },
    params: z.strictObject(session),
    query: listMessagesQuery,
    example: { query: { limit: "20", direction: "inbound" } },
    responses: { 200: { description: "Messages", body: pageOf(messageSchema) } },
    faults: ["not_found"],
  }),
  getMessage: defineRoute({
    name: "getMessage",
    method: "GET",
    path: "/v1/sessions/{sessionId}/messages/{messageId}",
    lambda: "messages",
    summary: "One message with its status",
    auth: { access: "scope", scope: "messages:read" },
    params: z.strictObject(message),
    responses: { 200: { description: "The message", body: messageSchema } },
    faults: ["not_found"],
  }),
  listRecipients: defineRoute({
    name: "listRecipients",
    method: "GET",
    path: "/v1/sessions/{sessionId}/messages/{messageId}/recipients",
    lambda: "messages",
    summary: "How far each member of a group has come with a message, and how many how far",
    auth: { access: "scope", scope: "messages:read" },
    params: z.strictObject(message),
    responses: { 200: { description: "Who has it", body: recipientsSchema } },
    faults: ["not_found"],
  }),
  editMessage: defineRoute({
    name: "editMessage",
    method: "PATCH",
    path: "/v1/sessions/{sessionId}/messages/{messageId}",
    lambda: "messages",
    summary:
      "Edit a text or a caption that was sent; the edit is a message with a status of its own",
    auth: { access: "scope", scope: "messages:send" },
    limit: "session",
    audited: false,
    params: z.strictObject(message),
    body: editMessageBody,
    example: { body: { text: { body: "Your order is on its way, and will come on Friday." } } },
    responses: accepted,
    faults: [...actionFaults],
  }),
  deleteMessage: defineRoute({
    name: "deleteMessage",
    method: "DELETE",
    path: "/v1/sessions/{sessionId}/messages/{messageId}",
    lambda: "messages",
    summary:
      "Delete a message for everyone, by a message with a status of its own; or cancel one that is to leave later",
    auth: { access: "scope", scope: "messages:send" },
    limit: "session",
    params: z.strictObject(message),
    responses: {
      202: { description: "Accepted: it will be sent", body: acceptedMessageSchema },
      204: { description: "Cancelled: it was not sent yet" },
    },
    faults: [...actionFaults, "message_leaving"],
  }),
  reactToMessage: defineRoute({
    name: "reactToMessage",
    method: "POST",
    path: "/v1/sessions/{sessionId}/messages/{messageId}/reaction",
    lambda: "messages",
    summary: "React to a message with an emoji, or take the reaction back with an empty one",
    auth: { access: "scope", scope: "messages:send" },
    idempotent: true,
    limit: "session",
    audited: false,
    params: z.strictObject(message),
    body: reactionBody,
    example: { body: { emoji: "👍" } },
    responses: accepted,
    faults: [...actionFaults],
  }),
  forwardMessage: defineRoute({
    name: "forwardMessage",
    method: "POST",
    path: "/v1/sessions/{sessionId}/messages/{messageId}/forward",
    lambda: "messages",
    summary: "Forward a message that was sent or received",
    auth: { access: "scope", scope: "messages:send" },
    idempotent: true,
    limit: "session",
    audited: false,
    params: z.strictObject(message),
    body: forwardMessageBody,
    example: { body: { to: "+14155550123" } },
    responses: accepted,
    faults: [...actionFaults, "invalid_recipient"],
  }),
};
