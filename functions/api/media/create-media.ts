import { implement } from "#functions/middleware/implement.ts";
import { derivedId } from "#shared/ids.ts";
import { mediaRoutes } from "#shared/routes/media.ts";
import type { MediaDeps } from "./media-deps.ts";

export const createMedia = implement(
  mediaRoutes.createMedia,
  async ({ caller, body, attempt }, { media }: MediaDeps) => {
    const id = derivedId("media", attempt.startedAt, attempt.seed);
    const { url, headers, expiresAt } = await media.uploadLink(caller.accountId, id, body);
    const link = { uploadUrl: url, headers, expiresAt: expiresAt.toISOString() };
    return { status: 201, body: { id, ...link } };
  },
);
