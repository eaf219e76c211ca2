import { linkAccess } from "./page-access.ts";
import type { PageAccess } from "./page-access.ts";

export type BucketResource = {
  purpose: string;
  expireAfterDays: number | null;
  /** What pages may do in it; nothing when null. */
  pageAccess: PageAccess | null;
};

export const buckets = {
  snapshots: {
    purpose: "encrypted snapshots of session journals",
    expireAfterDays: null,
    pageAccess: null,
  },
  bundles: {
    purpose: "sealed bundles of exported sessions, on their way to an import",
    expireAfterDays: 30,
    pageAccess: linkAccess,
  },
  media: {
    purpose: "files of messages, named by account: uploaded to be sent, or received",
    expireAfterDays: 30,
    pageAccess: linkAccess,
  },
} as const satisfies Record<string, BucketResource>;

export type BucketName = keyof typeof buckets;
