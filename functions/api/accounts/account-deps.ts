import type { HangUp } from "#functions/hang-up.ts";
import type { ApiDeps } from "#functions/middleware/exchange.ts";
import type { Table } from "#functions/store/items.ts";

/** Password hashes are in a table of their own, which no other Lambda can read. */
export type AccountDeps = ApiDeps & { logins: Table; hangUp: HangUp };
