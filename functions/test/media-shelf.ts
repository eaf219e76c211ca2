import type { FoundFile, MediaFiles } from "#functions/media-files.ts";

/** A store of files of which a test says what is in it. */
export function createMediaShelf(): MediaFiles & { stored: Map<string, FoundFile> } {
  const stored = new Map<string, FoundFile>();
  const link = (verb: string, id: string) => ({
    url: `https://s3.test/${verb}/${id}`,
    headers: {},
    expiresAt: new Date(Date.now() + 60_000),
  });
  return {
    stored,
    find: async (accountId, mediaId) => stored.get(`${accountId}/${mediaId}`),
    async put(accountId, mediaId, bytes, mimetype) {
      const facts = { sha256: undefined, fileName: undefined, createdAt: new Date() };
      stored.set(`${accountId}/${mediaId}`, { size: bytes.length, mimetype, ...facts });
    },
    remove: async (accountId, mediaId) => void stored.delete(`${accountId}/${mediaId}`),
    uploadLink: async (_accountId, mediaId) => link("put", mediaId),
    downloadLink: async (_accountId, mediaId) => link("get", mediaId),
  };
}
