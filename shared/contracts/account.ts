import { z } from "zod";
import { idSchema } from "../ids.ts";

export const tiers = ["basic", "pro", "max"] as const;
export const roles = ["owner", "admin", "member"] as const;

const email = z
  .email("must be an email address")
  .max(254)
  .transform((text) => text.toLowerCase());

/** NIST SP 800-63B: length matters, composition rules do not. */
const newPassword = z.string().min(10, "must have at least 10 characters").max(256);

export const registerBody = z.strictObject({
  email,
  password: newPassword,
  name: z.string().trim().min(1).max(100),
});

export const loginBody = z.strictObject({ email, password: z.string().min(1).max(256) });

export const accountSchema = z.object({
  id: idSchema("account"),
  name: z.string(),
  tier: z.enum(tiers),
  sessionLimit: z.int(),
  createdAt: z.iso.datetime(),
});

export const userSchema = z.object({
  id: idSchema("user"),
  email: z.string(),
  role: z.enum(roles),
  createdAt: z.iso.datetime(),
});

export const signedInSchema = z.object({
  accessToken: z.string(),
  tokenType: z.literal("Bearer"),
  expiresIn: z.int().describe("Seconds"),
  account: accountSchema,
  user: userSchema,
});

export const meSchema = z.object({
  account: accountSchema,
  user: userSchema.nullable().describe("Null when an API key asks"),
});
