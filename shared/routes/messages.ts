import { z } from "zod";
import { acceptedMessageSchema, messageSchema } from "../contracts/message.ts";
import { listMessagesQuery } from "../contracts/message-query.ts";
import { pageOf } from "../contracts/page.ts";
import { sendRequestBody } from "../contracts/send-request.ts";
import { idSchema } from "../ids.ts";
import { defineRoute } from "./define-route.ts";

const session = { sessionId: idSchema("session") };
const sendFaults = [
  "invalid_recipient",
  "session_not_connected",
  "not_found",
  "template_variables",
] as const;

export const messageRoutes = {
  sendMessage: defineRoute({
    name: "sendMessage",
    method: "POST",
    path: "/v1/sessions/{sessionId}/messages",
    lambda: "messages",
    summary: "Send a message",
    auth: { access: "scope", scope: "messages:send" },
    idempotent: true,
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
    params: z.strictObject({ ...session, messageId: idSchema("message") }),
    responses: { 200: { description: "The message", body: messageSchema } },
    faults: ["not_found"],
  }),
};
