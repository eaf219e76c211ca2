import { z } from "zod";
import { loggedEventSchema } from "../contracts/account-event.ts";
import { eventSchema } from "../contracts/event.ts";
import { cursorSchema } from "../cursor.ts";
import { idSchema } from "../ids.ts";
import { defineRoute } from "./define-route.ts";

export const eventRoutes = {
  createTicket: defineRoute({
    name: "createTicket",
    method: "POST",
    path: "/v1/events/ticket",
    lambda: "events",
    summary: "A ticket that opens the WebSocket once, within 60 seconds",
    auth: { access: "scope", scope: "messages:read" },
    responses: {
      201: {
        description: "Connect to the WebSocket API with `?ticket=`",
        body: z.object({ ticket: z.string(), expiresAt: z.iso.datetime() }),
      },
    },
    faults: [],
  }),
  listEvents: defineRoute({
    name: "listEvents",
    method: "GET",
    path: "/v1/sessions/{sessionId}/events",
    lambda: "events",
    summary: "A session's events after a cursor, in order",
    // Events carry what people wrote.
    auth: { access: "scope", scope: "messages:read" },
    params: z.strictObject({ sessionId: idSchema("session") }),
    query: z.strictObject({
      after: cursorSchema.optional(),
      limit: z.coerce.number().int().min(1).max(500).default(100),
    }),
    example: { query: { after: "1.1", limit: "100" } },
    responses: {
      200: {
        description: "Events; `nextCursor` goes into `after`",
        body: z.object({ data: z.array(eventSchema), nextCursor: cursorSchema.nullable() }),
      },
    },
    faults: ["not_found", "cursor_expired"],
  }),
  listAllEvents: defineRoute({
    name: "listAllEvents",
    method: "GET",
    path: "/v1/events",
    lambda: "events",
    summary: "Events of all sessions and of the account; waits for the next one if asked to",
    auth: { access: "scope", scope: "messages:read" },
    query: z.strictObject({
      after: z
        .string()
        .max(8_000)
        .optional()
        .describe("An answer's `nextCursor`, or `now`; as far back as events are kept when absent"),
      sessionId: idSchema("session").optional().describe("Only this session's"),
      limit: z.coerce.number().int().min(1).max(500).default(100),
      wait: z.coerce
        .number()
        .int()
        .min(0)
        .max(20)
        .default(0)
        .describe("Seconds to wait for an event when there is none"),
    }),
    example: { query: { after: "now", limit: "100" } },
    responses: {
      200: {
        description: "Events, in order within each session; `nextCursor` goes into `after`",
        body: z.object({ data: z.array(loggedEventSchema), nextCursor: z.string() }),
      },
    },
    faults: ["not_found", "cursor_expired"],
  }),
};
