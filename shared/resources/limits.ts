/** Plans; how many sessions each allows is the setting WAFLEET_SESSION_LIMITS. */
export const tiers = ["basic", "pro", "max"] as const;

export type Tier = (typeof tiers)[number];

/**
 * What requests are counted by, each minute, with the setting WAFLEET_RATE_LIMITS; 0 is no limit.
 * `address` counts what needs no sign-in, `session` the sends through one session.
 */
export const rateLayers = ["address", "account", "key", "session"] as const;

export type RateLayer = (typeof rateLayers)[number];
