import type { Tier } from "#functions/store/accounts.ts";

/** How many sessions an account of each tier may have. */
export const sessionLimits: Record<Tier, number> = { basic: 5, pro: 20, max: 40 };
