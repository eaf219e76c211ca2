import { z } from "zod";
import { messageSchema } from "../contracts/message.ts";
import { idSchema } from "../ids.ts";
import { defineRoute } from "./define-route.ts";

export const scheduleRoutes = {
  cancelMessage: defineRoute({
    name: "cancelMessage",
    method: "POST",
    path: "/v1/sessions/{sessionId}/messages/{messageId}/cancel",
    lambda: "messages",
    summary: "Cancel a message with `sendAt` that has not left",
    auth: { access: "scope", scope: "messages:send" },
    params: z.strictObject({ sessionId: idSchema("session"), messageId: idSchema("message") }),
    responses: { 200: { description: "The message, cancelled", body: messageSchema } },
    faults: ["not_found", "message_not_scheduled", "message_leaving"],
  }),
};
