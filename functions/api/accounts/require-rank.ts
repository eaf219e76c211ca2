import type { Caller, Role } from "#functions/auth/caller.ts";
import { boundSession } from "#functions/auth/caller.ts";
import { roleScopes } from "#functions/auth/role-scopes.ts";
import { Fault } from "#shared/faults/fault.ts";

/**
 * Owners are made, changed and removed by owners; nobody gives a role that may do more than they may.
 * @throws {Fault} `forbidden`
 */
export function requireRank(caller: Caller, ...roles: Role[]): void {
  if (boundSession(caller) !== undefined) {
    throw new Fault("forbidden", { detail: "This key is bound to one session." });
  }
  const isOwner = caller.kind === "user" && caller.role === "owner";
  if (roles.includes("owner") && !isOwner) {
    throw new Fault("forbidden", { detail: "Only an owner may do this to an owner." });
  }
  const excess = roles
    .flatMap((role) => roleScopes[role])
    .filter((scope) => !caller.scopes.includes(scope));
  if (excess.length > 0) {
    throw new Fault("forbidden", {
      detail: `You do not have ${[...new Set(excess)].join(", ")} yourself.`,
    });
  }
}
