import { z } from "zod";
import { idSchema } from "../ids.ts";
import { callerSchema } from "./caller.ts";
import { scopes } from "../routes/define-route.ts";

export const createKeyBody = z.strictObject({
  name: z.string().trim().min(1).max(100),
  scopes: z.array(z.enum(scopes)).min(1).max(scopes.length),
  sessionId: idSchema("session").optional().describe("Binds the key to one session"),
  expiresAt: z.iso.datetime().optional(),
});

export const apiKeySchema = z.object({
  id: idSchema("key"),
  name: z.string(),
  prefix: z.string().describe("The first characters of the key, to recognise it by"),
  scopes: z.array(z.enum(scopes)),
  sessionId: idSchema("session").nullable(),
  createdBy: callerSchema.describe("Who made it. The key is the account's: it outlives its maker"),
  secretShownTo: callerSchema.describe(
    "Who was shown its present secret: by making or rotating it",
  ),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable(),
  lastUsedAt: z.iso.datetime().nullable(),
});

export const createdKeySchema = apiKeySchema.extend({
  key: z.string().describe("The key itself. Shown once, never again"),
});

const daySeconds = 24 * 3600;

export const rotateKeyBody = z.strictObject({
  overlapSeconds: z
    .int()
    .min(0)
    .max(30 * daySeconds)
    .default(daySeconds)
    .describe("How long the former key lives on; 0 ends it, and the key's WebSockets, at once"),
});

export const rotatedKeySchema = createdKeySchema.extend({
  formerKeyEndsAt: z.iso.datetime().describe("Until then the former key works as well"),
});
