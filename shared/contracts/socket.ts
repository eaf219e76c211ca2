import { z } from "zod";
import { idSchema } from "../ids.ts";
import { eventTypes } from "./event.ts";

/** What a client sends over the WebSocket: a JSON text with an `action`. */
export const socketRequestSchema = z.discriminatedUnion("action", [
  z.strictObject({
    action: z.literal("subscribe"),
    /** The sessions to follow; every session of the account when absent. */
    sessions: z.array(idSchema("session")).min(1).max(100).optional(),
    /** Only these types of event; all when absent. */
    types: z.array(z.enum(eventTypes)).min(1).optional(),
  }),
]);

export type SocketRequest = z.infer<typeof socketRequestSchema>;

/**
 * What the server sends beside events. An event arrives as itself, the same document as everywhere;
 * these carry a `type` that starts with `socket.`.
 */
export const socketNoticeSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("socket.subscribed"), sessions: z.array(z.string()).nullable() }),
  z.object({ type: z.literal("socket.refused"), problem: z.record(z.string(), z.unknown()) }),
]);

export type SocketNotice = z.infer<typeof socketNoticeSchema>;
