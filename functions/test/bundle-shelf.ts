import type { BundleLinks } from "#functions/api/sessions/bundle-links.ts";

/** A store of bundles of which a test says what is in it. */
export function createBundleShelf(): BundleLinks & { stored: Set<string> } {
  const stored = new Set<string>();
  return {
    stored,
    exists: async (_accountId, bundleId) => stored.has(bundleId),
    downloadUrl: async (_accountId, bundleId) => `https://s3.test/get/${bundleId}`,
    uploadUrl: async (_accountId, bundleId) => `https://s3.test/put/${bundleId}`,
  };
}
