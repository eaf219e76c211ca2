import type { Scope } from "#shared/routes/define-route.ts";
import { scopes } from "#shared/routes/define-route.ts";
import type { Role } from "./caller.ts";

/** What a signed-in user may do. */
export const roleScopes: Record<Role, readonly Scope[]> = {
  owner: scopes,
  admin: scopes,
  member: scopes.filter((scope) => scope !== "account:admin"),
};
