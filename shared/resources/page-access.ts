// What scripts of web pages may do; of which pages, the deployment says.

export type PageAccess = {
  methods: readonly string[];
  /** Headers that a request may carry. */
  headers: readonly string[];
  /** Headers of the answer that a script may read. */
  exposed: readonly string[];
  /** How long a browser need not ask again. */
  maxAgeSeconds: number;
};

/** Of the HTTP API. */
export const apiAccess = {
  methods: ["*"],
  headers: ["authorization", "content-type", "idempotency-key", "x-api-key"],
  exposed: [
    "retry-after",
    "ratelimit-limit",
    "ratelimit-remaining",
    "ratelimit-reset",
    "x-request-id",
    "idempotent-replayed",
  ],
  maxAgeSeconds: 3600,
} as const satisfies PageAccess;

/** With which the console's distribution shows that a request comes by it: see WAFLEET_PAGE_MARK. */
export const pageMarkHeader = "x-wafleet-page";

/** Of a bucket that the API hands out links into: upload and download, each by its link only. */
export const linkAccess = {
  methods: ["GET", "HEAD", "PUT"],
  headers: ["content-type"],
  exposed: ["ETag"],
  maxAgeSeconds: 3600,
} as const satisfies PageAccess;
