export type BucketResource = { purpose: string; expireAfterDays: number | null };

export const buckets = {
  snapshots: {
    purpose: "encrypted snapshots of session journals",
    expireAfterDays: null,
  },
  bundles: {
    purpose: "sealed bundles of exported sessions, on their way to an import",
    expireAfterDays: 30,
  },
  media: {
    purpose: "files of messages, named by account: uploaded to be sent, or received",
    expireAfterDays: 30,
  },
} as const satisfies Record<string, BucketResource>;

export type BucketName = keyof typeof buckets;
