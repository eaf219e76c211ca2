export type BucketResource = { purpose: string; expireAfterDays: number | null };

export const buckets = {
  snapshots: {
    purpose: "encrypted snapshots of session journals",
    expireAfterDays: null,
  },
} as const satisfies Record<string, BucketResource>;

export type BucketName = keyof typeof buckets;
