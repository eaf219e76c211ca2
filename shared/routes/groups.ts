import { z } from "zod";
import {
  changeMembersBody,
  createGroupBody,
  groupSchemaParam,
  updateGroupBody,
} from "../contracts/chat.ts";
import { idSchema } from "../ids.ts";
import { askAnswers, askFaults, doneAnswers } from "./ask-answers.ts";
import { defineRoute } from "./define-route.ts";

const session = { sessionId: idSchema("session") };
const params = z.strictObject(session);
const ofGroup = z.strictObject({ ...session, groupId: groupSchemaParam });
const send = { access: "scope", scope: "messages:send" } as const;
const read = { access: "scope", scope: "messages:read" } as const;

export const groupRoutes = {
  createGroup: defineRoute({
    name: "createGroup",
    method: "POST",
    path: "/v1/sessions/{sessionId}/groups",
    lambda: "chats",
    summary: "Make a group",
    auth: send,
    idempotent: true,
    limit: "session",
    params,
    body: createGroupBody,
    example: { body: { subject: "Order 4711", members: ["+14155550123"] } },
    responses: askAnswers("group.create", "The group"),
    faults: [...askFaults],
  }),
  listGroups: defineRoute({
    name: "listGroups",
    method: "GET",
    path: "/v1/sessions/{sessionId}/groups",
    lambda: "chats",
    summary: "All groups that the account is in, as WhatsApp says now",
    auth: read,
    params,
    responses: askAnswers("group.list", "Groups"),
    faults: [...askFaults],
  }),
  getGroup: defineRoute({
    name: "getGroup",
    method: "GET",
    path: "/v1/sessions/{sessionId}/groups/{groupId}",
    lambda: "chats",
    summary: "One group with its members, as WhatsApp says now",
    auth: read,
    params: ofGroup,
    responses: askAnswers("group.get", "The group"),
    faults: [...askFaults],
  }),
  updateGroup: defineRoute({
    name: "updateGroup",
    method: "PATCH",
    path: "/v1/sessions/{sessionId}/groups/{groupId}",
    lambda: "chats",
    summary: "Change a group's subject",
    auth: send,
    params: ofGroup,
    body: updateGroupBody,
    example: { body: { subject: "Order 4711, delivered" } },
    responses: doneAnswers,
    faults: [...askFaults],
  }),
  changeGroupMembers: defineRoute({
    name: "changeGroupMembers",
    method: "POST",
    path: "/v1/sessions/{sessionId}/groups/{groupId}/members",
    lambda: "chats",
    summary: "Add or remove members, make them admins or no longer",
    auth: send,
    limit: "session",
    params: ofGroup,
    body: changeMembersBody,
    example: { body: { change: "add", members: ["+14155550123"] } },
    responses: askAnswers("group.members", "What became of each member"),
    faults: [...askFaults],
  }),
  getGroupInvite: defineRoute({
    name: "getGroupInvite",
    method: "GET",
    path: "/v1/sessions/{sessionId}/groups/{groupId}/invite",
    lambda: "chats",
    summary: "The link that leads into a group",
    auth: send,
    params: ofGroup,
    responses: askAnswers("group.invite", "The link"),
    faults: [...askFaults],
  }),
  renewGroupInvite: defineRoute({
    name: "renewGroupInvite",
    method: "POST",
    path: "/v1/sessions/{sessionId}/groups/{groupId}/invite/renew",
    lambda: "chats",
    summary: "Another link; the present one leads nowhere any more",
    auth: send,
    params: ofGroup,
    responses: askAnswers("group.invite", "The link"),
    faults: [...askFaults],
  }),
  leaveGroup: defineRoute({
    name: "leaveGroup",
    method: "POST",
    path: "/v1/sessions/{sessionId}/groups/{groupId}/leave",
    lambda: "chats",
    summary: "Leave a group",
    auth: send,
    params: ofGroup,
    responses: doneAnswers,
    faults: [...askFaults],
  }),
};
