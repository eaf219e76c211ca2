import type { Attempt } from "#functions/middleware/implement.ts";
import type { FileKind } from "#shared/contracts/message-limits.ts";
import { findMisfit } from "#shared/contracts/message-limits.ts";
import { Fault } from "#shared/faults/fault.ts";
import { derivedId } from "#shared/ids.ts";
import type { MessageDeps } from "./message-deps.ts";

export type FileUse = { accountId: string; attempt: Attempt };

type Source = {
  mediaId?: string | undefined;
  url?: string | undefined;
  base64?: string | undefined;
  mimetype?: string | undefined;
  voice?: boolean | undefined;
};

/**
 * Looks whether a stored file is there and fits, and stores one that came inside the request. What is
 * behind a URL the runner sees. Costs one S3 request; none for a URL.
 */
export async function resolveFile<File extends Source>(
  { media }: Pick<MessageDeps, "media">,
  { accountId, attempt }: FileUse,
  kind: FileKind,
  file: File,
): Promise<Omit<File, "base64"> & { size?: number }> {
  const { base64, ...rest } = file;
  if (base64 !== undefined) {
    const bytes = Buffer.from(base64, "base64");
    const mimetype = file.mimetype ?? "";
    requireFit(kind, { mimetype, size: bytes.length, voice: file.voice });
    // The same for a repeated request.
    const mediaId = derivedId("media", attempt.startedAt, attempt.seed);
    await media.put(accountId, mediaId, bytes, mimetype);
    return { ...rest, mediaId, size: bytes.length };
  }
  if (file.mediaId === undefined) return rest;
  const found = await media.find(accountId, file.mediaId);
  if (!found) throw new Fault("media_not_found");
  const mimetype = file.mimetype ?? found.mimetype;
  requireFit(kind, { mimetype, size: found.size, voice: file.voice });
  return { ...rest, mimetype, size: found.size };
}

function requireFit(kind: FileKind, file: Parameters<typeof findMisfit>[1]): void {
  const misfit = findMisfit(kind, file);
  if (misfit) throw new Fault("media_unfit", { detail: misfit.detail });
}
