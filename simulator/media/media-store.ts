import { createHash } from "node:crypto";
import type { StateStore } from "../accounts/state-store.ts";

/** Where a blob can be fetched now; paths expire, blobs are found again by a new one. */
type Link = { hash: string; expired: boolean };

const base64Url = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64url");

export const hashOf = (blob: Uint8Array): string =>
  base64Url(createHash("sha256").update(blob).digest());

/** Encrypted files by their hash, and the paths that lead to them. */
export const openMediaStore = (store: StateStore, random: (length: number) => Uint8Array) => {
  const blobs = new Map(
    store
      .load("media/blob/")
      .map(([key, value]) => [key.slice("media/blob/".length), value as Uint8Array]),
  );
  const links = new Map(
    store
      .load("media/link/")
      .map(([key, value]) => [key.slice("media/link/".length), value as Link]),
  );
  const keep = (path: string, link: Link): void => {
    links.set(path, link);
    store.put(`media/link/${path}`, () => link);
  };

  return {
    /** Keeps a blob and gives the fresh path under which it can be fetched. */
    put: (blob: Uint8Array): string => {
      const hash = hashOf(blob);
      if (!blobs.has(hash)) {
        const own = Uint8Array.from(blob);
        blobs.set(hash, own);
        store.put(`media/blob/${hash}`, () => own);
      }
      const path = `/v/t62.7118-24/${base64Url(random(12))}.enc`;
      keep(path, { hash, expired: false });
      return path;
    },
    /** The blob behind a path (what follows ? does not count), or why there is none. */
    get: (path: string): Uint8Array | "expired" | "unknown" => {
      const link = links.get(path.split("?")[0] ?? "");
      if (link?.expired) return "expired";
      return (link && blobs.get(link.hash)) ?? "unknown";
    },
    /** The blob with this hash, however old the links to it are. */
    find: (hash: Uint8Array): Uint8Array | undefined => blobs.get(base64Url(hash)),
    /** Lets every link so far expire; a re-upload makes new ones. */
    expireLinks: (): void => {
      for (const [path, { hash }] of links) keep(path, { hash, expired: true });
    },
  };
};

export type MediaStore = ReturnType<typeof openMediaStore>;
