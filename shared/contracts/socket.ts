import { z } from "zod";
import { cursorSchema } from "../cursor.ts";
import { idSchema } from "../ids.ts";
import { loggedEventSchema, loggedEventTypes } from "./account-event.ts";
import { eventSchema } from "./event.ts";

/** What has a log of its own: a session, or the account itself. */
const source = z.union([idSchema("session"), idSchema("account")]);

const maxSources = 500;

export const positionsSchema = z
  .record(source, cursorSchema)
  .refine(
    (given) => Object.keys(given).length <= maxSources,
    `must name ${maxSources} sources at most`,
  )
  .describe("By session id, or account id, the cursor of the last event that you have");

/** By source, the cursor of the last event that is known. */
export type Positions = z.infer<typeof positionsSchema>;

const request = z.string().min(1).max(64).optional().describe("Comes back in the answer");

/** What a client sends over the WebSocket: a JSON text with an `action`. See docs/events.md. */
export const socketRequestSchema = z.discriminatedUnion("action", [
  z.strictObject({
    action: z.literal("subscribe"),
    request,
    sessions: z
      .array(idSchema("session"))
      .min(1)
      .max(100)
      .optional()
      .describe("The sessions to follow; every session, and the account itself, when absent"),
    account: z
      .boolean()
      .optional()
      .describe("Whether to follow the account's own events; usually so without `sessions`"),
    types: z
      .array(z.enum(loggedEventTypes))
      .min(1)
      .optional()
      .describe("Only these types of event; all when absent"),
    after: positionsSchema
      .optional()
      .describe("Asks for a stream that can be resumed; {} when nothing is known yet"),
    from: z
      .enum(["now", "start"])
      .optional()
      .describe("Where sources begin that `after` does not name: now, or as far back as there is"),
    counts: z
      .boolean()
      .optional()
      .describe("Of a stream: asks for counts of what happens, whatever its type"),
  }),
  z.strictObject({
    action: z.literal("resume"),
    request,
    after: positionsSchema,
  }),
  z.strictObject({ action: z.literal("heartbeat"), request }),
]);

export type SocketRequest = z.infer<typeof socketRequestSchema>;

const answered = { request: z.string().optional() };

/**
 * What the server sends beside plain events. These carry a `type` that starts with `socket.`, an
 * event that of what happened.
 */
export const socketNoticeSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("socket.subscribed"),
    ...answered,
    sessions: z.array(z.string()).nullable(),
    cursors: positionsSchema.optional().describe("Of a stream: where each source begins"),
  }),
  z.object({
    type: z.literal("socket.state"),
    sessionId: z.string(),
    events: z.array(eventSchema).describe("Latest status and code; no part of the stream"),
  }),
  z.object({
    type: z.literal("socket.resumed"),
    source,
    recovered: z.boolean().describe("False: events after your cursor are not kept any more"),
    oldest: cursorSchema.nullable().describe("Of the oldest event that is kept"),
  }),
  z.object({
    type: z.literal("socket.events"),
    source,
    replay: z.boolean().describe("True: answers a resume. False: has just happened"),
    events: z.array(loggedEventSchema).min(1),
  }),
  z.object({
    type: z.literal("socket.more"),
    source,
    cursor: cursorSchema.describe("The replay has come so far; resume from here"),
  }),
  z.object({
    type: z.literal("socket.caught_up"),
    source,
    cursor: cursorSchema.describe("All up to here was replayed"),
  }),
  z.object({
    type: z.literal("socket.counts"),
    source,
    first: cursorSchema,
    cursor: cursorSchema.describe("Of the last event that is counted here"),
    counts: z.record(z.string(), z.int()).describe("By direction.kind.status, as in GET /v1/stats"),
  }),
  z.object({
    type: z.literal("socket.heartbeat"),
    ...answered,
    at: z.iso.datetime(),
    cursors: positionsSchema.describe("The newest event of each source, of any type"),
  }),
  z.object({
    type: z.literal("socket.closing"),
    reason: z.enum(["credential_ended", "fell_behind"]),
  }),
  z.object({
    type: z.literal("socket.refused"),
    ...answered,
    problem: z.record(z.string(), z.unknown()),
  }),
]);

export type SocketNotice = z.infer<typeof socketNoticeSchema>;
