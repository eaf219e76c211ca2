import { z } from "zod";
import { presenceBody, subscribeBody, typingBody } from "../contracts/chat.ts";
import { replySchema } from "../contracts/question.ts";
import { idSchema } from "../ids.ts";
import { askFaults, doneAnswers } from "./ask-answers.ts";
import { defineRoute } from "./define-route.ts";

const session = { sessionId: idSchema("session") };
const params = z.strictObject(session);
const send = { access: "scope", scope: "messages:send" } as const;
const read = { access: "scope", scope: "messages:read" } as const;

/** Presence, typing, read marks; and where answers are that took longer than a request waits. */
export const presenceRoutes = {
  setPresence: defineRoute({
    name: "setPresence",
    method: "POST",
    path: "/v1/sessions/{sessionId}/presence",
    lambda: "chats",
    summary: "Show the account as online or not, until the connection ends",
    auth: send,
    params,
    body: presenceBody,
    example: { body: { state: "available" } },
    responses: doneAnswers,
    faults: [...askFaults],
  }),
  subscribePresence: defineRoute({
    name: "subscribePresence",
    method: "POST",
    path: "/v1/sessions/{sessionId}/presence/subscriptions",
    lambda: "chats",
    summary: "Hear of a contact's presence and typing by `presence.update`; ask again once a day",
    auth: send,
    limit: "session",
    params,
    body: subscribeBody,
    example: { body: { to: "+14155550123" } },
    responses: doneAnswers,
    faults: [...askFaults],
  }),
  showTyping: defineRoute({
    name: "showTyping",
    method: "POST",
    path: "/v1/sessions/{sessionId}/typing",
    lambda: "chats",
    summary: "Show in a chat that the account types or records; a message ends it",
    auth: send,
    limit: "session",
    params,
    body: typingBody,
    example: { body: { to: "+14155550123", state: "composing" } },
    responses: doneAnswers,
    faults: [...askFaults],
  }),
  readMessage: defineRoute({
    name: "readMessage",
    method: "POST",
    path: "/v1/sessions/{sessionId}/messages/{messageId}/read",
    lambda: "chats",
    summary: "Tell who sent a message that it was read",
    auth: send,
    limit: "session",
    params: z.strictObject({ ...session, messageId: idSchema("message") }),
    responses: doneAnswers,
    faults: [...askFaults],
  }),
  getReply: defineRoute({
    name: "getReply",
    method: "GET",
    path: "/v1/sessions/{sessionId}/replies/{replyId}",
    lambda: "chats",
    summary: "The answer to a request that was told 202, for an hour",
    auth: read,
    params: z.strictObject({ ...session, replyId: idSchema("reply") }),
    responses: { 200: { description: "The answer", body: replySchema }, 202: doneAnswers[202] },
    faults: ["not_found"],
  }),
};
