import { implement } from "#functions/middleware/implement.ts";
import { Fault } from "#shared/faults/fault.ts";
import { mediaRoutes } from "#shared/routes/media.ts";
import type { MediaDeps } from "./media-deps.ts";

/** A file lies under its account's name, so that a foreign id is simply not there. */
export const getMedia = implement(
  mediaRoutes.getMedia,
  async ({ caller, params }, { media }: MediaDeps) => {
    const { accountId } = caller;
    const found = await media.find(accountId, params.mediaId);
    if (!found) throw new Fault("not_found");
    const { url, expiresAt } = await media.downloadLink(accountId, params.mediaId);
    return {
      status: 200,
      body: {
        id: params.mediaId,
        mimetype: found.mimetype,
        size: found.size,
        sha256: found.sha256 ?? null,
        fileName: found.fileName ?? null,
        createdAt: found.createdAt.toISOString(),
        downloadUrl: url,
        expiresAt: expiresAt.toISOString(),
      },
    };
  },
);
