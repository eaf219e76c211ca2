import { z } from "zod";
import { idSchema } from "../ids.ts";
import { sessionLimitSchema } from "./notice.ts";
import { sessionSettingsSchema, shownSettingsSchema } from "./session-settings.ts";
import { sessionReasonSchema, sessionStateSchema } from "./session-status.ts";

const name = z.string().trim().min(1).max(100);
const settings = sessionSettingsSchema.partial();

export const createSessionBody = z.strictObject({ name, settings: settings.optional() });

export const updateSessionBody = z
  .strictObject({ name: name.optional(), settings: settings.optional() })
  .refine((body) => Object.keys(body).length > 0, "must change the name or the settings");

const phone = z.string().max(64).describe("The phone that will type the code, +E.164 or digits");

/** With a phone, that phone links by a code that it types; without, by a QR code. */
export const connectBody = z.strictObject({ phone: phone.optional() }).optional();

export const pairingCodeBody = z.strictObject({ phone });

export const importBody = z.strictObject({ bundleId: idSchema("bundle") });

export const sessionSchema = z.object({
  id: idSchema("session"),
  name: z.string(),
  status: sessionStateSchema,
  phone: z.string().nullable(),
  settings: shownSettingsSchema,
  createdAt: z.iso.datetime(),
});

export const sessionStatusSchema = z.object({
  status: sessionStateSchema,
  isConnected: z.boolean(),
  hasQrCode: z.boolean(),
  hasPairingCode: z.boolean(),
  canReconnect: z.boolean(),
  reason: sessionReasonSchema.nullable(),
  detail: z.string().nullable(),
  phone: z.string().nullable(),
  name: z.string().nullable(),
  attempt: z.int().describe("Number of the pairing attempt; 0 outside pairing"),
  maxAttempts: z.int().nullable().describe("Null outside pairing"),
  codeExpiresAt: z.iso.datetime().nullable().describe("When the present code is replaced"),
  pairingWindowEndsAt: z.iso.datetime().nullable(),
  lastStatusAt: z.iso.datetime(),
  pacing: sessionSettingsSchema.shape.pacing,
  newChats: sessionSettingsSchema.shape.newChats,
  limit: sessionLimitSchema.nullable().describe("What holds new chats back now"),
});

export const qrCodeSchema = z.object({
  qrCode: z.string().describe("PNG as a data URL"),
  qr: z.string().describe("The payload itself"),
  qrAttempt: z.int(),
  maxAttempts: z.int(),
  expiresAt: z.iso.datetime(),
  pairingWindowEndsAt: z.iso.datetime(),
});

export const pairingCodeSchema = z.object({
  pairingCode: z.string().describe("Eight characters to type on the phone, like ABCD-2345"),
  phone: z.string(),
  attempt: z.int(),
  maxAttempts: z.int(),
  expiresAt: z.iso.datetime(),
  pairingWindowEndsAt: z.iso.datetime(),
});

/** Not there yet: ask again after so many milliseconds. */
export const retryInSchema = z.object({ status: sessionStateSchema, retryIn: z.int() });

export const bundleSchema = z.object({
  bundleId: idSchema("bundle"),
  url: z.string().describe("Downloads the sealed bundle; works for 15 minutes"),
  expiresAt: z.iso.datetime(),
});

export const importedSchema = z.object({
  status: sessionStateSchema,
  phone: z.string().nullable(),
});
