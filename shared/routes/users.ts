import { z } from "zod";
import {
  changeRoleBody,
  invitationSchema,
  inviteBody,
  removeUserQuery,
  userSchema,
} from "../contracts/account.ts";
import { pageOf, pageQueryShape } from "../contracts/page.ts";
import { idSchema } from "../ids.ts";
import { defineRoute } from "./define-route.ts";

const admin = { access: "scope", scope: "account:admin" } as const;
const params = z.strictObject({ userId: idSchema("user") });

export const userRoutes = {
  inviteUser: defineRoute({
    name: "inviteUser",
    method: "POST",
    path: "/v1/users",
    lambda: "accounts",
    summary: "Invite someone; you hand over the token, no e-mail is sent",
    auth: admin,
    idempotent: true,
    body: inviteBody,
    example: { body: { email: "bob@example.com", role: "member" } },
    responses: {
      201: { description: "The invitation, its token shown once", body: invitationSchema },
    },
    faults: ["email_taken"],
  }),
  listUsers: defineRoute({
    name: "listUsers",
    method: "GET",
    path: "/v1/users",
    lambda: "accounts",
    summary: "List users and open invitations",
    auth: { access: "scope", scope: "account:read" },
    query: z.strictObject(pageQueryShape),
    example: { query: { limit: "20" } },
    responses: { 200: { description: "Users", body: pageOf(userSchema) } },
    faults: [],
  }),
  changeUserRole: defineRoute({
    name: "changeUserRole",
    method: "PATCH",
    path: "/v1/users/{userId}",
    lambda: "accounts",
    summary: "Change a user's role, at once",
    auth: admin,
    params,
    body: changeRoleBody,
    example: { body: { role: "admin" } },
    responses: { 200: { description: "The user", body: userSchema } },
    faults: ["not_found", "last_owner", "change_in_progress"],
  }),
  removeUser: defineRoute({
    name: "removeUser",
    method: "DELETE",
    path: "/v1/users/{userId}",
    lambda: "accounts",
    summary:
      "Remove a user or take an invitation back; sign-ins end at once, API keys only if asked",
    auth: admin,
    params,
    query: removeUserQuery,
    example: { query: { keys: "revoke" } },
    responses: { 204: { description: "Removed" } },
    faults: ["not_found", "last_owner", "change_in_progress"],
  }),
};
