import type { Caller } from "#functions/auth/caller.ts";
import { Fault } from "#shared/faults/fault.ts";
import type { Scope } from "#shared/routes/define-route.ts";

/**
 * Nobody gets hold of a key that may do more than they may themselves.
 * @throws {Fault} `forbidden`, naming what they lack
 */
export function requireScopes(caller: Caller, scopes: readonly Scope[]): void {
  const excess = scopes.filter((scope) => !caller.scopes.includes(scope));
  if (excess.length === 0) return;
  throw new Fault("forbidden", { detail: `You do not have ${excess.join(", ")} yourself.` });
}
