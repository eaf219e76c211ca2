import type { HangUp } from "#functions/hang-up.ts";
import type { ApiDeps } from "#functions/middleware/exchange.ts";

export type KeyDeps = ApiDeps & { hangUp: HangUp };
