import { z } from "zod";
import { idSchema } from "../ids.ts";
import { fileLimits } from "./message-limits.ts";
import { mimetypeSchema } from "./message-kinds.ts";

/** Whether a received file is in the store yet. */
export const mediaStatuses = ["pending", "ready", "failed"] as const;

/** Why a file could not be had from where it was said to be. */
export const mediaReasons = [
  "media_not_found",
  "media_unreachable",
  "media_address_denied",
  "media_too_large",
  "media_empty",
  "media_wrong_type",
  "media_damaged",
  "media_expired",
  "media_upload_failed",
] as const;

export type MediaReason = (typeof mediaReasons)[number];

export const createMediaBody = z.strictObject({
  mimetype: mimetypeSchema,
  size: z
    .int()
    .min(1, "must be at least 1: an empty file cannot be sent")
    .max(fileLimits.document.maxBytes)
    .describe("Bytes, exactly"),
});

export const mediaUploadSchema = z.object({
  id: idSchema("media"),
  uploadUrl: z.string().describe("PUT the bytes here"),
  headers: z.record(z.string(), z.string()).describe("Headers that the PUT must carry"),
  expiresAt: z.iso.datetime(),
});

export const mediaSchema = z.object({
  id: idSchema("media"),
  mimetype: z.string(),
  size: z.int(),
  sha256: z.string().nullable().describe("In hex; null for what was uploaded here"),
  fileName: z.string().nullable(),
  createdAt: z.iso.datetime(),
  downloadUrl: z.string().describe("GET the bytes here"),
  expiresAt: z.iso.datetime().describe("When the link ends"),
});
