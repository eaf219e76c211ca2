import { z } from "zod";
import { idSchema } from "../ids.ts";
import { sessionReasonSchema, sessionStateSchema } from "./session-status.ts";

export const createSessionBody = z.strictObject({ name: z.string().trim().min(1).max(100) });

export const sessionSchema = z.object({
  id: idSchema("session"),
  name: z.string(),
  status: sessionStateSchema,
  phone: z.string().nullable(),
  createdAt: z.iso.datetime(),
});

export const sessionStatusSchema = z.object({
  status: sessionStateSchema,
  isConnected: z.boolean(),
  hasQrCode: z.boolean(),
  canReconnect: z.boolean(),
  reason: sessionReasonSchema.nullable(),
  detail: z.string().nullable(),
  phone: z.string().nullable(),
  name: z.string().nullable(),
  attempt: z.int(),
  pairingWindowEndsAt: z.iso.datetime().nullable(),
  lastStatusAt: z.iso.datetime(),
});

export const qrCodeSchema = z.object({
  qrCode: z.string().describe("PNG as a data URL"),
  qr: z.string().describe("The payload itself"),
  qrAttempt: z.int(),
  maxAttempts: z.int(),
  expiresAt: z.iso.datetime(),
  pairingWindowEndsAt: z.iso.datetime(),
});

/** Not there yet: ask again after so many milliseconds. */
export const retryInSchema = z.object({ status: sessionStateSchema, retryIn: z.int() });
