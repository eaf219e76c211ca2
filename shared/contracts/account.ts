import { z } from "zod";
import { idSchema } from "../ids.ts";
import { tiers } from "../resources/limits.ts";

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

export const refreshBody = z.strictObject({ refreshToken: z.string().min(1).max(2048) });

export const changePasswordBody = z.strictObject({
  currentPassword: z.string().min(1).max(256),
  newPassword,
});

export const inviteBody = z.strictObject({ email, role: z.enum(roles).default("member") });

export const acceptInvitationBody = z.strictObject({
  token: z.string().min(1).max(2048),
  password: newPassword,
});

export const changeRoleBody = z.strictObject({ role: z.enum(roles) });

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
  status: z.enum(["active", "invited"]),
  createdAt: z.iso.datetime(),
});

export const tokensSchema = z.object({
  accessToken: z.string(),
  tokenType: z.literal("Bearer"),
  expiresIn: z.int().describe("Seconds until the access token ends"),
  refreshToken: z.string().describe("Works once; gives the next one with POST /v1/auth/refresh"),
  signedInUntil: z.iso.datetime().describe("When refreshing ends and the password is asked again"),
});

export const invitationSchema = z.object({
  user: userSchema,
  token: z.string().describe("Hand it to the invited person yourself: no e-mail is sent"),
  expiresAt: z.iso.datetime(),
});

export const signedInSchema = tokensSchema.extend({
  account: accountSchema,
  user: userSchema,
});

export const meSchema = z.object({
  account: accountSchema,
  user: userSchema.nullable().describe("Null when an API key asks"),
});

export const removeUserQuery = z.strictObject({
  keys: z
    .enum(["keep", "revoke"])
    .default("keep")
    .describe(
      "API keys are the account's and live on; `revoke` ends those with a secret that this user was shown",
    ),
});
