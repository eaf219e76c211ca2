import { z } from "zod";
import { erasedSchema, eraseBody } from "../contracts/erasure.ts";
import { idSchema } from "../ids.ts";
import { defineRoute } from "./define-route.ts";

export const erasureRoutes = {
  eraseMessages: defineRoute({
    name: "eraseMessages",
    method: "POST",
    path: "/v1/sessions/{sessionId}/erasures",
    lambda: "messages",
    summary:
      "Erase a message, a chat, or all of a person from what is stored here; what events, groups, quotes " +
      "and batches say of them follows within minutes, copies in the log of webhook deliveries leave after 30 days",
    auth: { access: "scope", scope: "messages:send" },
    limit: "session",
    params: z.strictObject({ sessionId: idSchema("session") }),
    body: eraseBody,
    example: { body: { contact: "+14155550123" } },
    responses: { 200: { description: "What is gone now", body: erasedSchema } },
    faults: ["not_found"],
  }),
};
